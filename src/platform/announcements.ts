import { Injectable } from '@nestjs/common';

/** What `npm start` prints once it answers at an address. */
type Announcement = (address: string) => Promise<string>;

/** A module says in its `onModuleInit` what a newcomer should know: sign-ins, what to try next. */
@Injectable()
export class Announcements {
  private readonly announcements: Announcement[] = [];

  add(announcement: Announcement): void {
    this.announcements.push(announcement);
  }

  async at(address: string): Promise<string> {
    const texts = await Promise.all(this.announcements.map((announcement) => announcement(address)));
    return texts.join('\n');
  }
}
