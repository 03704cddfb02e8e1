// The button that brings the map that moves. Without it, or without a script, the drawing and the table tell the same.
const button = document.querySelector("[data-map-live]");
button?.removeAttribute("hidden");
button?.addEventListener("click", async () => {
  const box = document.getElementById("map-live");
  box.hidden = false;
  button.hidden = true;
  const { draw } = await import("./map-live.js");
  await draw(box);
  box.focus();
});
