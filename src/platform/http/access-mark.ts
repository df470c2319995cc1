import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiSecurity } from '@nestjs/swagger';

/** Where a route says who may call it: a permission, or PUBLIC. A route that says nothing fails at boot. */
export const ACCESS_MARK = 'escale:access';
export const PUBLIC = 'public';

/** Anybody may call this route, signed in or not. */
export function Public(): MethodDecorator & ClassDecorator {
  return applyDecorators(SetMetadata(ACCESS_MARK, PUBLIC), ApiSecurity({}));
}

export const OPEN = 'open';

/** As @Public, and whoever is signed in is recognised: what strangers are shown may be less. */
export function Open(): MethodDecorator & ClassDecorator {
  return applyDecorators(
    SetMetadata(ACCESS_MARK, OPEN),
    ApiSecurity({}),
    ApiSecurity('session'),
    ApiSecurity('bearer'),
  );
}

/**
 * For the platform's own routes, which cannot import identity's @Access: the same mark, a permission by
 * its name.
 */
export function Permitted(permission: string): MethodDecorator & ClassDecorator {
  return applyDecorators(SetMetadata(ACCESS_MARK, permission), ApiSecurity('session'), ApiSecurity('bearer'));
}
