// What scripts add to pages that work without them. Nothing here is needed to do the job.
import "htmx.org";
import "./app.css";
import { keyCodes } from "./coding.js";
import { quickenEntry } from "./consultations.js";
import { drawSignatures, sumPlans } from "./assistance-plans.js";
import { keepDrafts } from "./drafts.js";
import { tellFailures } from "./failures.js";
import { guardForms } from "./guard.js";
import { tickCorrected } from "./review.js";
import { enhanceShell } from "./shell.js";
import { enhanceTree } from "./tree.js";

enhanceShell(document);
keepDrafts(document);
guardForms(document);
tellFailures(document);
quickenEntry(document);
keyCodes(document);
enhanceTree(document);
drawSignatures(document);
sumPlans(document);
tickCorrected(document);
