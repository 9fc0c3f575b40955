// The diagram editor: bpmn-js with the Camunda 8 panel, our own panel group, connector templates, simulation.

import ElementTemplateChooserModule from "@bpmn-io/element-template-chooser";
import Modeler from "bpmn-js/lib/Modeler";
import { BpmnPropertiesPanelModule, BpmnPropertiesProviderModule, ZeebePropertiesProviderModule } from "bpmn-js-properties-panel";
import { CloudElementTemplatesPropertiesProviderModule } from "bpmn-js-element-templates";
import { CreateAppendAnythingModule } from "bpmn-js-create-append-anything";
import NativeCopyPasteModule from "bpmn-js-native-copy-paste";
import TokenSimulationModule from "bpmn-js-token-simulation";
import CloudBehaviorsModule from "camunda-bpmn-js-behaviors/lib/camunda-cloud";
import MinimapModule from "diagram-js-minimap";
import zeebe from "zeebe-bpmn-moddle/resources/zeebe.json";
import { ready, startEditor } from "./editor/shell.js";
import { language } from "./editor/words.js";
import { connectorTemplates } from "./modeller/connectors.js";
import { fit } from "./modeller/fit.js";
import { Clause8PanelModule } from "./modeller/panel.js";
import { ProblemMarks } from "./modeller/marks.js";
import { setUpTools } from "./modeller/tools.js";
import { TranslateModule } from "./modeller/translate.js";

const host = document.getElementById("editor");
const FONT = { fontFamily: '"Inter Variable", Inter, system-ui, sans-serif', fontSize: 12, lineHeight: 1.2 };

const modeler = new Modeler({
  container: host.querySelector("[data-canvas]"),
  propertiesPanel: { parent: host.querySelector("[data-panel]") },
  choices: fetchChoices(host.dataset.choicesUrl),
  textRenderer: { defaultStyle: FONT, externalStyle: { ...FONT, fontSize: 11 } },
  moddleExtensions: { zeebe },
  additionalModules: [
    BpmnPropertiesPanelModule,
    BpmnPropertiesProviderModule,
    ZeebePropertiesProviderModule,
    CloudElementTemplatesPropertiesProviderModule,
    CloudBehaviorsModule,
    ElementTemplateChooserModule,
    CreateAppendAnythingModule,
    NativeCopyPasteModule,
    MinimapModule,
    TokenSimulationModule,
    Clause8PanelModule,
    TranslateModule,
  ],
});

/** Text that is still in a field of the panel or in an open label belongs to the diagram. */
export function settle() {
  if (host.querySelector("[data-panel]").contains(document.activeElement)) document.activeElement.blur();
  modeler.get("directEditing").complete();
}

async function open(content) {
  const began = performance.now();
  const { warnings } = await modeler.importXML(content);
  performance.measure("import", { start: began });
  warnings.forEach((warning) => console.info(warning.message));
  fit(modeler);
}

const read = async () => (await modeler.saveXML({ format: true })).xml;

function show(id) {
  const element = modeler.get("elementRegistry").get(id);
  if (!element) return;
  modeler.get("canvas").scrollToElement(element, 120);
  modeler.get("selection").select(element);
}

async function fetchChoices(url) {
  try {
    return await (await fetch(url)).json();
  } catch {
    return {}; // the fields stay free text
  }
}

const marks = new ProblemMarks(modeler);
await document.fonts.load("12px 'Inter Variable'"); // labels are wrapped by measured width
modeler.get("elementTemplatesLoader").setTemplates(connectorTemplates(language));
const { draft } = await startEditor({ open, read, show, settle, painted: (problems) => marks.paint(problems) });
modeler.on("commandStack.changed", () => draft.touch());
// What is typed reaches the diagram a moment later; until then the draft is not up to date.
host.querySelector("[data-panel]").addEventListener("input", () => draft.touch());
setUpTools(host, modeler);
ready(host);
