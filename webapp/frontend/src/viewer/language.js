// Names in the language of the page: the diagram's own names are English, the Indonesian name of an
// element stands in its extension property `clause8:name.id`.

const ZEEBE = "http://camunda.org/schema/zeebe/1.0";
const TWIN = "clause8:name.id";

/** Return the diagram with the names of `language`. */
export function inLanguage(xml, language) {
  if (language !== "id" || !xml.includes(TWIN)) return xml;
  const diagram = new DOMParser().parseFromString(xml, "application/xml");
  for (const property of diagram.getElementsByTagNameNS(ZEEBE, "property")) {
    if (property.getAttribute("name") === TWIN) rename(ownerOf(property), property.getAttribute("value"));
  }
  return new XMLSerializer().serializeToString(diagram);
}

/** element > extensionElements > properties > property */
const ownerOf = (property) => property.parentElement.parentElement.parentElement;

function rename(element, name) {
  if (!element || !name) return;
  const text = [...element.children].find((child) => child.localName === "text");
  if (element.localName === "textAnnotation" && text) text.textContent = name;
  else element.setAttribute("name", name);
}
