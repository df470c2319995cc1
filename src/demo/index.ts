// Owns the demo network and its movable clock.
export { DemoModule } from './demo.module.js';
