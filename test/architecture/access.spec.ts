import { Controller, Get } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DeclaredAccess } from '../../src/platform/http/declared-access.js';
import { startApp } from '../support/app.js';

@Controller('silent')
class SilentController {
  @Get()
  read(): string {
    return 'to anybody';
  }
}

describe('access', () => {
  let app: NestFastifyApplication | undefined;
  afterEach(async () => app?.close());

  it('is declared by every route of the running application', async () => {
    app = await startApp();
    const routes = app.get(DeclaredAccess, { strict: false }).routes();
    expect(routes.length).toBeGreaterThan(5);
    expect(routes.filter(({ mark }) => typeof mark !== 'string')).toEqual([]);
  });

  it('that is not declared stops the start, naming the route', async () => {
    await expect(startApp({ controllers: [SilentController] })).rejects.toThrow('SilentController.read');
    app = undefined;
  });
});
