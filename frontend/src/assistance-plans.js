// Signing with a finger, and running totals in the plan editor. The server computes again whatever is sent.
export function drawSignatures(root) {
  for (const box of root.querySelectorAll("[data-signing]")) {
    const canvas = box.querySelector("canvas");
    const field = box.querySelector("input");
    const pen = canvas.getContext("2d");
    Object.assign(pen, { lineWidth: 3, lineCap: "round", strokeStyle: "#1d273b" });
    const spot = (event) => {
      const frame = canvas.getBoundingClientRect();
      const scale = canvas.width / frame.width;
      return [(event.clientX - frame.left) * scale, (event.clientY - frame.top) * scale];
    };
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      pen.beginPath();
      pen.moveTo(...spot(event));
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!canvas.hasPointerCapture(event.pointerId)) return;
      pen.lineTo(...spot(event));
      pen.stroke();
    });
    canvas.addEventListener("pointerup", () => { field.value = canvas.toDataURL("image/png"); });
    box.querySelector("[data-clear]").addEventListener("click", () => {
      pen.clearRect(0, 0, canvas.width, canvas.height);
      field.value = "";
    });
    box.hidden = false;
  }
}

const amount = (text) => {
  const plain = text.replace(/\s/g, "");
  return /^\d{1,12}([.,]\d{1,2})?$/.test(plain) ? Number(plain.replace(",", ".")) : NaN;
};

// The cost of the lines as they are typed; silent while a row cannot be read.
export function sumPlans(root) {
  const form = root.querySelector(".plan-editor");
  const sums = form?.querySelector("#sums");
  if (!sums) return;
  const cost = () => [...form.querySelectorAll(".plan-row-lines")].reduce((sum, row) => {
    const [quantity, price] = ["quantity", "unit_cost"].map((name) => row.querySelector(`[name$="-${name}"]`).value);
    return quantity || price ? sum + Math.round(amount(quantity) * amount(price) * 100) / 100 : sum;
  }, 0);
  form.addEventListener("input", (event) => {
    const total = event.target.closest(".plan-row-lines") && cost();
    const shown = sums.querySelector('[data-sum="cost"]');
    if (shown && Number.isFinite(total)) {
      shown.textContent = new Intl.NumberFormat(document.documentElement.lang, {
        style: "currency", currency: form.elements.currency.value,
      }).format(total);
    }
  });
}
