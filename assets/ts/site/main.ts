// What every page runs: htmx, and small behaviours that pages ask for by data attributes. Everything works without it.
//
// To add one: a module here that exports `install()`, a line in the list below, a `data-…` attribute in the template.

import 'htmx.org';
import * as crash from './crash.ts';
import * as dialogs from './dialogs.ts';
import * as evidence from './evidence.ts';
import * as forms from './forms.ts';
import * as menus from './menus.ts';
import * as picks from './picks.ts';
import * as polling from './polling.ts';
import * as split from './split.ts';
import * as tabs from './tabs.ts';
import * as theme from './theme.ts';
import * as time from './time.ts';
import * as toasts from './toasts.ts';

// First the one that reports faults of the others.
for (const part of [crash, theme, toasts, time, forms, dialogs, menus, tabs, split, evidence, picks, polling]) part.install();
