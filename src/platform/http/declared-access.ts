import { Injectable, type OnModuleInit } from '@nestjs/common';
import { METHOD_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { ACCESS_MARK } from './access-mark.js';

/** A route that forgets to say who may call it must not be reachable, not even once: the start fails. */
@Injectable()
export class DeclaredAccess implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  onModuleInit(): void {
    const silent = this.routes().filter(({ mark }) => mark === undefined);
    if (silent.length === 0) return;
    const names = silent.map(({ name }) => `  ${name}`).join('\n');
    throw new Error(`These routes declare neither @Access nor @Public:\n${names}`);
  }

  /** Every handler of every controller, and what it declares; its class may declare for all of them. */
  routes(): { name: string; mark: unknown }[] {
    return this.discovery.getControllers().flatMap(({ metatype }) => {
      if (typeof metatype !== 'function') return [];
      const prototype = metatype.prototype as Record<string, object>;
      return this.scanner
        .getAllMethodNames(prototype)
        .map((name) => ({ name, handler: prototype[name]! }))
        .filter(({ handler }) => Reflect.hasMetadata(METHOD_METADATA, handler))
        .map(({ name, handler }) => ({
          name: `${metatype.name}.${name}`,
          mark: Reflect.getMetadata(ACCESS_MARK, handler) ?? Reflect.getMetadata(ACCESS_MARK, metatype),
        }));
    });
  }
}
