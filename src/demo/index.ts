// Owns the demo network, its clock, the walk on the command line and the story.
// Promises: everything it shows went through the API as anybody's would.
// Refuses to know: how the other modules work inside.
export { DemoModule } from './demo.module.js';
export { World } from './world.js';
export { playMonth } from './story/play.js';
export { summary, tell } from './story/tell.js';
export { JULY, JUNE } from './story/schedule.js';
