// What a click on an element does.

const NOT_LINKED = new Set(["bpmn:Process", "bpmn:Collaboration", "bpmn:Participant", "bpmn:Lane", "bpmn:SequenceFlow", "bpmn:TextAnnotation", "bpmn:Association", "bpmn:Group"]);

export function answerClicks(viewer, host) {
  const link = host.dataset.elementLink;
  if (link) host.classList.add("has-links");
  viewer.get("eventBus").on("element.click", ({ element }) => {
    const { id, $type: type } = element.businessObject;
    const detail = { element: id, type };
    const isWanted = host.dispatchEvent(new CustomEvent("element-click", { detail, bubbles: true, cancelable: true }));
    if (isWanted && link && !NOT_LINKED.has(type)) location.assign(link.replace("{element}", encodeURIComponent(id)));
  });
}
