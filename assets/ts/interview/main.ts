// Opens the interview room. Errors that nobody catches end on one screen with a reload button.

import { readBoot } from './boot.ts';
import { catchEverything, fatal } from './fatal.ts';
import { openRoom } from './room.ts';

catchEverything();
try {
  openRoom(readBoot());
} catch (error) {
  fatal(error);
}
