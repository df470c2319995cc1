/** What makes the code that is read out: fetched behind the code that is scanned. */
export { importTypedKey, showTyped } from '@wire/kernel/pass-code/typed-code.js';
