import type { Language } from '../kernel/wire.js';
import type { DocumentCharge } from './document.schema.js';

type LineWords = Readonly<Record<'visit' | 'sponsored' | 'otherPlaces' | DocumentCharge['kind'], string>>;

/** What lines are called on paper and in the e-invoice. */
export const LINE_WORDS: Readonly<Record<Language, LineWords>> = {
  en: {
    sponsored: 'Desk days of public agents',
    otherPlaces: 'other places',
    visit: 'Desk day of a guest',
    FEE: 'Network fee',
    SOLIDARITY: 'Solidarity share',
    DUES: 'Yearly dues',
    CREDIT: 'Credit',
    REBILLED: 'Billed again',
    SERVICE: 'Cross service',
  },
  fr: {
    sponsored: 'Journées de poste d’agents publics',
    otherPlaces: 'autres lieux',
    visit: 'Journée de poste d’un invité',
    FEE: 'Frais de réseau',
    SOLIDARITY: 'Part de solidarité',
    DUES: 'Cotisation annuelle',
    CREDIT: 'Avoir',
    REBILLED: 'Refacturé',
    SERVICE: 'Service croisé',
  },
  es: {
    sponsored: 'Días de puesto de empleados públicos',
    otherPlaces: 'otros espacios',
    visit: 'Día de puesto de un invitado',
    FEE: 'Comisión de la red',
    SOLIDARITY: 'Parte solidaria',
    DUES: 'Cuota anual',
    CREDIT: 'Abono',
    REBILLED: 'Facturado de nuevo',
    SERVICE: 'Servicio cruzado',
  },
  it: {
    sponsored: 'Giornate di postazione di dipendenti pubblici',
    otherPlaces: 'altri luoghi',
    visit: 'Giornata di postazione di un ospite',
    FEE: 'Commissione di rete',
    SOLIDARITY: 'Quota di solidarietà',
    DUES: 'Quota annuale',
    CREDIT: 'Nota di credito',
    REBILLED: 'Fatturato di nuovo',
    SERVICE: 'Servizio incrociato',
  },
  ar: {
    sponsored: 'أيام مكتب لأعوان القطاع العام',
    otherPlaces: 'أماكن أخرى',
    visit: 'يوم مكتب لضيف',
    FEE: 'رسوم الشبكة',
    SOLIDARITY: 'حصة التضامن',
    DUES: 'الاشتراك السنوي',
    CREDIT: 'رصيد دائن',
    REBILLED: 'فوترة جديدة',
    SERVICE: 'خدمة متبادلة',
  },
};
