import type { Language } from '../kernel/wire.js';
import { AR } from './mail-words.ar.js';
import { EN } from './mail-words.en.js';
import { ES } from './mail-words.es.js';
import { FR } from './mail-words.fr.js';
import { IT } from './mail-words.it.js';
import type { Words } from './mail-words.js';

export const WORDS: Readonly<Record<Language, Words>> = { en: EN, fr: FR, es: ES, it: IT, ar: AR };
