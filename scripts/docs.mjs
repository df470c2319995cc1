/** Writes the documents that are generated from the code. Needs the build; `npm run docs` makes it first. */
import { writeFileSync } from 'node:fs';
import { generatedDocs } from '../dist/src/generated-docs.js';

const documents = await generatedDocs();
for (const [file, text] of Object.entries(documents)) writeFileSync(file, text);
console.log(Object.keys(documents).join('\n'));
