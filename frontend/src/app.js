// What scripts add to pages that work without them. Nothing here is needed to do the job.
import "htmx.org";
import "./app.css";
import { keepDrafts } from "./drafts.js";
import { tellFailures } from "./failures.js";
import { guardForms } from "./guard.js";
import { enhanceShell } from "./shell.js";

enhanceShell(document);
keepDrafts(document);
guardForms(document);
tellFailures(document);
