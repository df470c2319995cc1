import type { Language } from '../kernel/wire.js';

export type PaperWords = {
  readonly titles: Readonly<Record<'INVOICE' | 'CREDIT_NOTE' | 'RECEIPT', string>>;
  readonly seller: string;
  readonly buyer: string;
  readonly issued: string;
  readonly due: string;
  readonly refersTo: string;
  readonly order: string;
  readonly reference: string;
  readonly what: string;
  readonly quantity: string;
  readonly price: string;
  readonly vat: string;
  readonly net: string;
  readonly rounding: string;
  readonly payable: string;
};

export const PAPER_WORDS: Readonly<Record<Language, PaperWords>> = {
  en: {
    titles: { INVOICE: 'Invoice', CREDIT_NOTE: 'Credit note', RECEIPT: 'Receipt' },
    seller: 'From',
    buyer: 'To',
    issued: 'Date',
    due: 'Due on',
    refersTo: 'Corrects',
    order: 'Your order',
    reference: 'Your reference',
    what: 'Service',
    quantity: 'Quantity',
    price: 'Price',
    vat: 'VAT',
    net: 'Net',
    rounding: 'Rounding',
    payable: 'To pay',
  },
  fr: {
    titles: { INVOICE: 'Facture', CREDIT_NOTE: 'Avoir', RECEIPT: 'Reçu' },
    seller: 'Émetteur',
    buyer: 'Destinataire',
    issued: 'Date',
    due: 'Échéance',
    refersTo: 'Rectifie',
    order: 'Votre commande',
    reference: 'Votre référence',
    what: 'Prestation',
    quantity: 'Quantité',
    price: 'Prix',
    vat: 'TVA',
    net: 'Hors taxe',
    rounding: 'Arrondi',
    payable: 'À payer',
  },
  es: {
    titles: { INVOICE: 'Factura', CREDIT_NOTE: 'Factura rectificativa', RECEIPT: 'Recibo' },
    seller: 'Emisor',
    buyer: 'Destinatario',
    issued: 'Fecha',
    due: 'Vencimiento',
    refersTo: 'Rectifica',
    order: 'Su pedido',
    reference: 'Su referencia',
    what: 'Servicio',
    quantity: 'Cantidad',
    price: 'Precio',
    vat: 'IVA',
    net: 'Base',
    rounding: 'Redondeo',
    payable: 'A pagar',
  },
  it: {
    titles: { INVOICE: 'Fattura', CREDIT_NOTE: 'Nota di credito', RECEIPT: 'Ricevuta' },
    seller: 'Da',
    buyer: 'A',
    issued: 'Data',
    due: 'Scadenza',
    refersTo: 'Rettifica',
    order: 'Vostro ordine',
    reference: 'Vostro riferimento',
    what: 'Servizio',
    quantity: 'Quantità',
    price: 'Prezzo',
    vat: 'IVA',
    net: 'Imponibile',
    rounding: 'Arrotondamento',
    payable: 'Da pagare',
  },
  ar: {
    titles: { INVOICE: 'فاتورة', CREDIT_NOTE: 'إشعار دائن', RECEIPT: 'إيصال' },
    seller: 'من',
    buyer: 'إلى',
    issued: 'التاريخ',
    due: 'تاريخ الاستحقاق',
    refersTo: 'يصحّح',
    order: 'رقم طلبكم',
    reference: 'مرجعكم',
    what: 'الخدمة',
    quantity: 'الكمية',
    price: 'السعر',
    vat: 'ض.ق.م',
    net: 'الصافي',
    rounding: 'التقريب',
    payable: 'المبلغ المستحق',
  },
};
