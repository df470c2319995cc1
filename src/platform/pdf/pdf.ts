import path from 'node:path';
import { Injectable } from '@nestjs/common';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { projectFolder } from '../project.js';

/** Latin and Arabic, as on the screens; Typst reads TTF, not the web's woff2. */
const FONTS = ['@expo-google-fonts/commissioner', '@expo-google-fonts/readex-pro'];

/**
 * Documents to print, set by Typst within the process. What a document says comes as data, never as part of its
 * source, so that no name can be markup.
 */
@Injectable()
export class Pdf {
  private compiler: NodeCompiler | null = null;

  /** `source` reads its data with `json(bytes(sys.inputs.data))`. */
  print(source: string, data: unknown): Buffer {
    return this.open().pdf(documentOf(source, data));
  }

  /** What the same document marks with that label, in the order it is set: for searching and for tests. */
  query(source: string, data: unknown, label: string): unknown[] {
    const found: unknown = this.open().query(documentOf(source, data), {
      selector: `<${label}>`,
      field: 'value',
    });
    return found as unknown[];
  }

  /** Reading the fonts takes a moment, so the first document does it. */
  private open(): NodeCompiler {
    const fontPaths = FONTS.map((name) => path.join(projectFolder(), 'node_modules', name));
    this.compiler ??= NodeCompiler.create({ fontArgs: [{ fontPaths }] });
    return this.compiler;
  }
}

function documentOf(source: string, data: unknown) {
  return { mainFileContent: source, inputs: { data: JSON.stringify(data) } };
}
