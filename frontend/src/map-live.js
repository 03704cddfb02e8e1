// The map that moves: fetched when somebody asks for it, drawn from our own files, without pictures of other hosts.
import L from "leaflet";
import "leaflet/dist/leaflet.css";

const RANKS = ["#e9e5da", "#cfe4e1", "#8fbdb8", "#3f8884", "#0f5554"];

function titled(layer, { name, count, url }) {
  const link = document.createElement("a");
  link.href = url;
  link.textContent = `${name}: ${count}`;
  layer.bindPopup(link).bindTooltip(`${name}: ${count}`, { sticky: true });
}

export async function draw(box) {
  const [areas, places] = await Promise.all(
    [box.dataset.areas, box.dataset.places].map((address) => fetch(address).then((answer) => answer.json())),
  );
  const map = L.map(box, { attributionControl: false, scrollWheelZoom: false, zoomSnap: 0.5 });
  const drawn = L.geoJSON(areas, {
    style: ({ properties }) => ({ color: "#fff", weight: 1, fillOpacity: 1, fillColor: RANKS[properties.rank] }),
    onEachFeature: ({ properties }, layer) => titled(layer, properties),
  }).addTo(map);
  const most = Math.max(1, ...places.features.map(({ properties }) => properties.count));
  L.geoJSON(places, {
    pointToLayer: ({ properties }, point) =>
      L.circleMarker(point, { radius: Math.max(4, 18 * Math.sqrt(properties.count / most)), color: "#08292b", weight: 1, fillColor: "#f2b04b", fillOpacity: 0.85 }),
    onEachFeature: ({ properties }, layer) => titled(layer, properties),
  }).addTo(map);
  map.fitBounds(drawn.getBounds());
}
