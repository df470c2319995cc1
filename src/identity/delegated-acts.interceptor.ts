import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { concatMap, type Observable } from 'rxjs';
import { Delegations } from './delegations.service.js';

/** Whatever changes something on behalf of another organisation is written down before it is answered. */
@Injectable()
export class DelegatedActs implements NestInterceptor {
  constructor(private readonly delegations: Delegations) {}

  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    const { method, url, actor } = context.switchToHttp().getRequest<FastifyRequest>();
    return next.handle().pipe(
      concatMap(async (answer) => {
        if (method !== 'GET' && actor && actor.actedFor.size > 0)
          await this.delegations.note(actor, { method, path: url.split('?')[0]! });
        return answer;
      }),
    );
  }
}
