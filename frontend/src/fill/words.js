// The words of @getodk/web-forms, which speaks English only (see webforms.js), and of the calendar it brings.
import spanish from "./words.es.json";

const isSpanish = () => document.documentElement.lang.startsWith("es");

export const say = (english) => (isSpanish() && spanish[english]) || english;

say.errors = (count) => {
  if (!isSpanish()) return count === 1 ? "1 question with error." : `${count} questions with errors.`;
  return count === 1 ? "1 pregunta por corregir." : `${count} preguntas por corregir.`;
};

export const options = () => (isSpanish() ? "Opciones" : "Options");

const names = (options, days) => days.map((day) => new Intl.DateTimeFormat("es", { ...options, timeZone: "UTC" }).format(day));
const DAYS = [...Array(7).keys()].map((day) => new Date(Date.UTC(2023, 0, 1 + day))); // from a Sunday
const MONTHS = [...Array(12).keys()].map((month) => new Date(Date.UTC(2023, month, 1)));

function spanishLocale() {
  return {
    dayNames: names({ weekday: "long" }, DAYS),
    dayNamesShort: names({ weekday: "short" }, DAYS),
    dayNamesMin: names({ weekday: "narrow" }, DAYS),
    monthNames: names({ month: "long" }, MONTHS),
    monthNamesShort: names({ month: "short" }, MONTHS),
    chooseYear: "Elegir el año", chooseMonth: "Elegir el mes", chooseDate: "Elegir la fecha",
    prevDecade: "Década anterior", nextDecade: "Década siguiente", prevYear: "Año anterior", nextYear: "Año siguiente",
    prevMonth: "Mes anterior", nextMonth: "Mes siguiente", prevHour: "Hora anterior", nextHour: "Hora siguiente",
    prevMinute: "Minuto anterior", nextMinute: "Minuto siguiente", today: "Hoy", clear: "Borrar", weekHeader: "Sem",
    firstDayOfWeek: 1, dateFormat: "dd/mm/yy", searchMessage: "{0} resultados", selectionMessage: "{0} elegidos",
    emptyFilterMessage: "Sin resultados", emptySearchMessage: "Sin resultados",
    emptySelectionMessage: "Nada elegido", emptyMessage: "No hay opciones", noFileChosenMessage: "Ningún archivo",
  };
}

const ARIA = {
  close: "Cerrar", previous: "Anterior", next: "Siguiente", navigation: "Navegación", selectAll: "Todo elegido",
  unselectAll: "Nada elegido", nullLabel: "Sin elegir", listLabel: "Lista de opciones", zoomImage: "Ampliar la imagen",
  star: "1 estrella", stars: "{star} estrellas", slide: "Deslizar", trueLabel: "Sí", falseLabel: "No",
};

export function teachCalendar(app) {
  const { config } = app.config.globalProperties.$primevue;
  if (!isSpanish()) return;
  Object.assign(config.locale, spanishLocale());
  Object.assign(config.locale.aria, ARIA);
}
