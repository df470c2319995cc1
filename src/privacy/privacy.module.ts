import { Module } from '@nestjs/common';
import { PrivacyController } from './privacy.controller.js';
import { Privacy } from './privacy.service.js';

@Module({ controllers: [PrivacyController], providers: [Privacy] })
export class PrivacyModule {}
