import { Module } from '@nestjs/common';
import { Directory } from './directory.service.js';

@Module({ providers: [Directory], exports: [Directory] })
export class DirectoryModule {}
