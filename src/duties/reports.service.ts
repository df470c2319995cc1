import { Injectable } from '@nestjs/common';
import { demand, type Actor } from '../identity/index.js';
import { dayAt } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db } from '../platform/db.js';
import { derivedId } from '../platform/derived-id.js';
import { namedScope, withNetworks } from '../platform/scope.js';
import { SellerReportProblems } from './duties.problems.js';
import type { SellerReportView, SellerView, VolumePage } from './duties.schema.js';
import { reportXml } from './report-file.js';
import { listingsOf, reporterOf, type Listing, type Reporter } from './report.queries.js';
import { reportDueDay } from './seller.rules.js';
import { Sellers } from './sellers.service.js';
import { VOLUME_LIMIT_MINOR, VOLUME_UNIT, volumeLevel } from './volume.rules.js';
import { volumeFrom, volumesOf } from './volume.queries.js';

const CLEARING = namedScope('clearing');
const WHOLE_PERCENT = 100n;
type Reported = { readonly seller: SellerView; readonly listings: readonly Listing[] };

/** What a network tells the authorities: its sellers each year, its volume when it comes near the limit. */
@Injectable()
export class Reports {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly sellers: Sellers,
  ) {}

  async summary(actor: Actor, networkId: string, year: number): Promise<SellerReportView> {
    const { items } = await this.sellers.list(actor, { networkId });
    const reported = await this.reported(items, year);
    const reporter = await this.reporter(networkId);
    const named = ({ operator }: SellerView) => ({ operatorId: operator.id, name: operator.name });
    return {
      year,
      networkId,
      dueDay: reportDueDay(year).toString(),
      isReporterKnown: Boolean(reporter?.tin),
      sellers: reported.map(({ seller, listings }) => ({
        ...named(seller),
        listings: listings.map((listing) => ({
          ...listing,
          name: seller.spaces.find(({ id }) => id === listing.spaceId)!.name,
        })),
      })),
      incomplete: items
        .filter(({ state, firstSupplyDay }) => state === 'INCOMPLETE' && firstSupplyDay !== null)
        .map((seller) => ({ ...named(seller), missing: seller.missing })),
      excluded: items.flatMap((seller) =>
        seller.exclusion ? [{ ...named(seller), exclusion: seller.exclusion }] : [],
      ),
    };
  }

  async file(actor: Actor, networkId: string, year: number): Promise<string> {
    const { items } = await this.sellers.list(actor, { networkId });
    const now = this.clock.now();
    const reporter = await this.reporter(networkId);
    if (!reporter?.tin)
      throw SellerReportProblems.operatorUnknown(
        'Declare the legal entity of the network with its tax number first: PUT /v1/legal-entities/{id}.',
      );
    const ref = (id: string) => `${reporter.country}${year}-${derivedId(id, `dpi ${year}`)}`;
    const madeAt = now.round('second').toString();
    return reportXml({
      year,
      reporter: { ...reporter, tin: reporter.tin },
      messageRef: `${reporter.country}${year}${reporter.country}-${derivedId(networkId, `dpi ${year} ${madeAt}`)}`,
      operatorRef: ref(networkId),
      madeAt,
      incomplete: items.filter(({ state, firstSupplyDay }) => state === 'INCOMPLETE' && firstSupplyDay)
        .length,
      sellers: (await this.reported(items, year)).map(({ seller, listings }) => ({
        ref: ref(seller.operator.id),
        profile: seller.profile!,
        listings,
      })),
    });
  }

  /** Of the network and each one below it, over twelve months. */
  async volumes(actor: Actor, networkId: string): Promise<VolumePage> {
    demand(actor, 'documents:read', { organisationId: networkId, networkId });
    const today = dayAt(this.clock.now(), 'UTC');
    const rows = await this.db.read(withNetworks(actor.scope, networkId), (on) =>
      volumesOf(on, networkId, today),
    );
    const items = rows.map(({ networkId: id, name, country, minor, warnedOn }) => ({
      network: { id, name, country },
      fromDay: volumeFrom(today).toString(),
      volume: { unit: VOLUME_UNIT, minor: Number(minor) } as const,
      limit: { unit: VOLUME_UNIT, minor: Number(VOLUME_LIMIT_MINOR) } as const,
      percent: Number((minor * WHOLE_PERCENT) / VOLUME_LIMIT_MINOR),
      level: volumeLevel(minor),
      warnedOn,
    }));
    return { items, next: null };
  }

  private reporter(networkId: string): Promise<Reporter | null> {
    const today = dayAt(this.clock.now(), 'UTC').toString();
    return this.db.read(CLEARING, (on) => reporterOf(on, networkId, today));
  }

  /** Those whose data are whole and who earned something in the year. */
  private async reported(items: readonly SellerView[], year: number): Promise<Reported[]> {
    const whole = items.filter(({ state }) => state === 'COMPLETE');
    const spaceIds = whole.flatMap(({ spaces }) => spaces.map(({ id }) => id));
    const bySpace = await this.db.read(CLEARING, (on) => listingsOf(on, spaceIds, year));
    return whole
      .map((seller) => ({ seller, listings: seller.spaces.flatMap(({ id }) => bySpace.get(id) ?? []) }))
      .filter(({ listings }) => listings.length > 0);
  }
}
