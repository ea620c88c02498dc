/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
interface DocumentTypeDecoration<TResult, TVariables> { __apiType?: (variables: TVariables) => TResult }
/** Points to give or take by hand. */
export type AdjustPointsInput = {
  /** Whose points. */
  customer: CustomerRef;
  /** Points to give (above 0) or to take (below 0), at most 2147483647 at once; minor units for CREDITS. */
  delta: number;
  /** When given points lapse; absent: never. */
  expiresAt?: string | null | undefined;
  /** 1 … 128 printable ASCII characters, new for every new intent, the same for every retry; a UUID is advised. The same key with the same input answers the first outcome again. */
  idempotencyKey: string;
  /** Why, for the history; 1 … 255 characters. */
  reason: string;
  /** Which account; null means COINS. */
  wallet?: Wallet | null | undefined;
};

/** An earning rule to archive. */
export type ArchiveEarningRuleInput = {
  /** The rule; what was earned under it stays. */
  id: string | number;
};

/** A rule to archive. */
export type ArchiveRedemptionRuleInput = {
  /** The rule; redemptions that were made under it stay valid. */
  id: string | number;
};

/** Who can change something. */
export type AuditActorKind =
  /** A program with a key. */
  | 'KEY'
  /** A person in the console. */
  | 'STAFF'
  /** The command line of the gateway. */
  | 'SYSTEM';

/** What happens when points are taken back that the customer no longer has. */
export type ClawbackPolicy =
  /** The rest is owed, and later earning pays it first. */
  | 'DEBT'
  /** No more is taken than is there. */
  | 'WITHIN_BALANCE';

/** A key to make. */
export type CreateCredentialInput = {
  /** What it is for. */
  kind: CredentialKind;
  /** What it is called, 1 … 100 characters. */
  label: string;
};

/** An earning rule to make. */
export type CreateEarningRuleInput = {
  /** The rule. */
  rule: EarningRuleInput;
};

/** A source to make. */
export type CreateOrderSourceInput = {
  /** Whether to make customers whom the shop knows and the gateway does not. */
  createCustomers?: boolean;
  /** Goes before the shop's customer ids, at most 40 characters. */
  customerPrefix?: string;
  /** Whose deliveries it sends. */
  kind: OrderSourceKind;
  /** The last part of its address, unique: 1 to 40 small letters, digits and hyphens. Absent: the kind, in small letters. */
  name?: string | null | undefined;
  /** Goes before the shop's order ids, at most 40 characters. */
  orderPrefix?: string;
  /** The secret with which the shop signs, 16 to 500 characters, for SHOPIFY and WOOCOMMERCE. Absent: one is made and answered. */
  secret?: string | null | undefined;
};

/** A rule to make. */
export type CreateRedemptionRuleInput = {
  /** The rule. */
  rule: RedemptionRuleInput;
};

/** A new endpoint. */
export type CreateWebhookEndpointInput = {
  /** For people, at most 200 characters. */
  description?: string | null | undefined;
  /** The kinds of event to be told of, of `webhookEventKinds`; empty: all, also later ones. */
  events?: Array<string> | null | undefined;
  /** `https://` and a public domain name, with port 443 or 8443; no user name, no fragment, at most 2000 characters. */
  url: string;
};

/** What a key is for. */
export type CredentialKind =
  /** For scripts of the merchant: everything but the staff. */
  | 'ADMIN'
  /** Public: stands in the storefront's page. */
  | 'PUBLISHABLE'
  /** A Secret Webhook ID, of the checkout's backend. */
  | 'SECRET_WEBHOOK';

/** A currency by its ISO 4217 code. */
export type CurrencyCode =
  /** United Arab Emirates Dirham, 2 decimals. */
  | 'AED'
  /** Afghan Afghani, 2 decimals. */
  | 'AFN'
  /** Albanian Lek, 2 decimals. */
  | 'ALL'
  /** Armenian Dram, 2 decimals. */
  | 'AMD'
  /** Angolan Kwanza, 2 decimals. */
  | 'AOA'
  /** Argentine Peso, 2 decimals. */
  | 'ARS'
  /** Australian Dollar, 2 decimals. */
  | 'AUD'
  /** Aruban Florin, 2 decimals. */
  | 'AWG'
  /** Azerbaijani Manat, 2 decimals. */
  | 'AZN'
  /** Bosnia-Herzegovina Convertible Mark, 2 decimals. */
  | 'BAM'
  /** Barbadian Dollar, 2 decimals. */
  | 'BBD'
  /** Bangladeshi Taka, 2 decimals. */
  | 'BDT'
  /** Bahraini Dinar, 3 decimals. */
  | 'BHD'
  /** Burundian Franc, 0 decimals. */
  | 'BIF'
  /** Bermudan Dollar, 2 decimals. */
  | 'BMD'
  /** Brunei Dollar, 2 decimals. */
  | 'BND'
  /** Bolivian Boliviano, 2 decimals. */
  | 'BOB'
  /** Brazilian Real, 2 decimals. */
  | 'BRL'
  /** Bahamian Dollar, 2 decimals. */
  | 'BSD'
  /** Bhutanese Ngultrum, 2 decimals. */
  | 'BTN'
  /** Botswanan Pula, 2 decimals. */
  | 'BWP'
  /** Belarusian Ruble, 2 decimals. */
  | 'BYN'
  /** Belize Dollar, 2 decimals. */
  | 'BZD'
  /** Canadian Dollar, 2 decimals. */
  | 'CAD'
  /** Congolese Franc, 2 decimals. */
  | 'CDF'
  /** Swiss Franc, 2 decimals. */
  | 'CHF'
  /** Chilean Unit of Account (UF), 4 decimals. */
  | 'CLF'
  /** Chilean Peso, 0 decimals. */
  | 'CLP'
  /** Chinese Yuan, 2 decimals. */
  | 'CNY'
  /** Colombian Peso, 2 decimals. */
  | 'COP'
  /** Costa Rican Colón, 2 decimals. */
  | 'CRC'
  /** Cuban Peso, 2 decimals. */
  | 'CUP'
  /** Cape Verdean Escudo, 2 decimals. */
  | 'CVE'
  /** Czech Koruna, 2 decimals. */
  | 'CZK'
  /** Djiboutian Franc, 0 decimals. */
  | 'DJF'
  /** Danish Krone, 2 decimals. */
  | 'DKK'
  /** Dominican Peso, 2 decimals. */
  | 'DOP'
  /** Algerian Dinar, 2 decimals. */
  | 'DZD'
  /** Egyptian Pound, 2 decimals. */
  | 'EGP'
  /** Eritrean Nakfa, 2 decimals. */
  | 'ERN'
  /** Ethiopian Birr, 2 decimals. */
  | 'ETB'
  /** Euro, 2 decimals. */
  | 'EUR'
  /** Fijian Dollar, 2 decimals. */
  | 'FJD'
  /** Falkland Islands Pound, 2 decimals. */
  | 'FKP'
  /** British Pound, 2 decimals. */
  | 'GBP'
  /** Georgian Lari, 2 decimals. */
  | 'GEL'
  /** Ghanaian Cedi, 2 decimals. */
  | 'GHS'
  /** Gibraltar Pound, 2 decimals. */
  | 'GIP'
  /** Gambian Dalasi, 2 decimals. */
  | 'GMD'
  /** Guinean Franc, 0 decimals. */
  | 'GNF'
  /** Guatemalan Quetzal, 2 decimals. */
  | 'GTQ'
  /** Guyanese Dollar, 2 decimals. */
  | 'GYD'
  /** Hong Kong Dollar, 2 decimals. */
  | 'HKD'
  /** Honduran Lempira, 2 decimals. */
  | 'HNL'
  /** Haitian Gourde, 2 decimals. */
  | 'HTG'
  /** Hungarian Forint, 2 decimals. */
  | 'HUF'
  /** Indonesian Rupiah, 2 decimals. */
  | 'IDR'
  /** Israeli New Shekel, 2 decimals. */
  | 'ILS'
  /** Indian Rupee, 2 decimals. */
  | 'INR'
  /** Iraqi Dinar, 3 decimals. */
  | 'IQD'
  /** Iranian Rial, 2 decimals. */
  | 'IRR'
  /** Icelandic Króna, 0 decimals. */
  | 'ISK'
  /** Jamaican Dollar, 2 decimals. */
  | 'JMD'
  /** Jordanian Dinar, 3 decimals. */
  | 'JOD'
  /** Japanese Yen, 0 decimals. */
  | 'JPY'
  /** Kenyan Shilling, 2 decimals. */
  | 'KES'
  /** Kyrgyzstani Som, 2 decimals. */
  | 'KGS'
  /** Cambodian Riel, 2 decimals. */
  | 'KHR'
  /** Comorian Franc, 0 decimals. */
  | 'KMF'
  /** North Korean Won, 2 decimals. */
  | 'KPW'
  /** South Korean Won, 0 decimals. */
  | 'KRW'
  /** Kuwaiti Dinar, 3 decimals. */
  | 'KWD'
  /** Cayman Islands Dollar, 2 decimals. */
  | 'KYD'
  /** Kazakhstani Tenge, 2 decimals. */
  | 'KZT'
  /** Laotian Kip, 2 decimals. */
  | 'LAK'
  /** Lebanese Pound, 2 decimals. */
  | 'LBP'
  /** Sri Lankan Rupee, 2 decimals. */
  | 'LKR'
  /** Liberian Dollar, 2 decimals. */
  | 'LRD'
  /** Lesotho Loti, 2 decimals. */
  | 'LSL'
  /** Libyan Dinar, 3 decimals. */
  | 'LYD'
  /** Moroccan Dirham, 2 decimals. */
  | 'MAD'
  /** Moldovan Leu, 2 decimals. */
  | 'MDL'
  /** Malagasy Ariary, 2 decimals. */
  | 'MGA'
  /** Macedonian Denar, 2 decimals. */
  | 'MKD'
  /** Myanmar Kyat, 2 decimals. */
  | 'MMK'
  /** Mongolian Tugrik, 2 decimals. */
  | 'MNT'
  /** Macanese Pataca, 2 decimals. */
  | 'MOP'
  /** Mauritanian Ouguiya, 2 decimals. */
  | 'MRU'
  /** Mauritian Rupee, 2 decimals. */
  | 'MUR'
  /** Maldivian Rufiyaa, 2 decimals. */
  | 'MVR'
  /** Malawian Kwacha, 2 decimals. */
  | 'MWK'
  /** Mexican Peso, 2 decimals. */
  | 'MXN'
  /** Malaysian Ringgit, 2 decimals. */
  | 'MYR'
  /** Mozambican Metical, 2 decimals. */
  | 'MZN'
  /** Namibian Dollar, 2 decimals. */
  | 'NAD'
  /** Nigerian Naira, 2 decimals. */
  | 'NGN'
  /** Nicaraguan Córdoba, 2 decimals. */
  | 'NIO'
  /** Norwegian Krone, 2 decimals. */
  | 'NOK'
  /** Nepalese Rupee, 2 decimals. */
  | 'NPR'
  /** New Zealand Dollar, 2 decimals. */
  | 'NZD'
  /** Omani Rial, 3 decimals. */
  | 'OMR'
  /** Panamanian Balboa, 2 decimals. */
  | 'PAB'
  /** Peruvian Sol, 2 decimals. */
  | 'PEN'
  /** Papua New Guinean Kina, 2 decimals. */
  | 'PGK'
  /** Philippine Peso, 2 decimals. */
  | 'PHP'
  /** Pakistani Rupee, 2 decimals. */
  | 'PKR'
  /** Polish Zloty, 2 decimals. */
  | 'PLN'
  /** Paraguayan Guarani, 0 decimals. */
  | 'PYG'
  /** Qatari Riyal, 2 decimals. */
  | 'QAR'
  /** Romanian Leu, 2 decimals. */
  | 'RON'
  /** Serbian Dinar, 2 decimals. */
  | 'RSD'
  /** Russian Ruble, 2 decimals. */
  | 'RUB'
  /** Rwandan Franc, 0 decimals. */
  | 'RWF'
  /** Saudi Riyal, 2 decimals. */
  | 'SAR'
  /** Solomon Islands Dollar, 2 decimals. */
  | 'SBD'
  /** Seychellois Rupee, 2 decimals. */
  | 'SCR'
  /** Sudanese Pound, 2 decimals. */
  | 'SDG'
  /** Swedish Krona, 2 decimals. */
  | 'SEK'
  /** Singapore Dollar, 2 decimals. */
  | 'SGD'
  /** St. Helena Pound, 2 decimals. */
  | 'SHP'
  /** Sierra Leonean Leone, 2 decimals. */
  | 'SLE'
  /** Somali Shilling, 2 decimals. */
  | 'SOS'
  /** Surinamese Dollar, 2 decimals. */
  | 'SRD'
  /** South Sudanese Pound, 2 decimals. */
  | 'SSP'
  /** São Tomé & Príncipe Dobra, 2 decimals. */
  | 'STN'
  /** Salvadoran Colón, 2 decimals. */
  | 'SVC'
  /** Syrian Pound, 2 decimals. */
  | 'SYP'
  /** Swazi Lilangeni, 2 decimals. */
  | 'SZL'
  /** Thai Baht, 2 decimals. */
  | 'THB'
  /** Tajikistani Somoni, 2 decimals. */
  | 'TJS'
  /** Turkmenistani Manat, 2 decimals. */
  | 'TMT'
  /** Tunisian Dinar, 3 decimals. */
  | 'TND'
  /** Tongan Pa'anga, 2 decimals. */
  | 'TOP'
  /** Turkish Lira, 2 decimals. */
  | 'TRY'
  /** Trinidad & Tobago Dollar, 2 decimals. */
  | 'TTD'
  /** New Taiwan Dollar, 2 decimals. */
  | 'TWD'
  /** Tanzanian Shilling, 2 decimals. */
  | 'TZS'
  /** Ukrainian Hryvnia, 2 decimals. */
  | 'UAH'
  /** Ugandan Shilling, 0 decimals. */
  | 'UGX'
  /** US Dollar, 2 decimals. */
  | 'USD'
  /** Uruguayan Peso, 2 decimals. */
  | 'UYU'
  /** Uruguayan Nominal Wage Index Unit, 4 decimals. */
  | 'UYW'
  /** Uzbekistani Som, 2 decimals. */
  | 'UZS'
  /** Bolívar Soberano, 2 decimals. */
  | 'VED'
  /** Venezuelan Bolívar, 2 decimals. */
  | 'VES'
  /** Vietnamese Dong, 0 decimals. */
  | 'VND'
  /** Vanuatu Vatu, 0 decimals. */
  | 'VUV'
  /** Samoan Tala, 2 decimals. */
  | 'WST'
  /** Central African CFA Franc, 0 decimals. */
  | 'XAF'
  /** East Caribbean Dollar, 2 decimals. */
  | 'XCD'
  /** Caribbean Guilder, 2 decimals. */
  | 'XCG'
  /** West African CFA Franc, 0 decimals. */
  | 'XOF'
  /** CFP Franc, 0 decimals. */
  | 'XPF'
  /** Yemeni Rial, 2 decimals. */
  | 'YER'
  /** South African Rand, 2 decimals. */
  | 'ZAR'
  /** Zambian Kwacha, 2 decimals. */
  | 'ZMW'
  /** Zimbabwean Gold, 2 decimals. */
  | 'ZWG';

/** A customer, by exactly one of these. */
export type CustomerRef =
  {   /** E-mail address. */
  email: string; externalId?: never; id?: never; phone?: never; }
  |  { email?: never;   /** The merchant's own id. */
  externalId: string; id?: never; phone?: never; }
  |  { email?: never; externalId?: never;   /** The gateway's global id. */
  id: string | number; phone?: never; }
  |  { email?: never; externalId?: never; id?: never;   /** Phone number, however it is written; without `+` and a calling code, as it is dialled in the merchant's `phoneRegion`. */
  phone: string; };

/** Which source to end. */
export type DeleteOrderSourceInput = {
  /** The source. */
  id: string | number;
};

/** Which endpoint to delete. */
export type DeleteWebhookEndpointInput = {
  /** Global id of the endpoint. */
  id: string | number;
};

/** What to let be. */
export type DiscardInboxInput = {
  /** These deliveries, at most 1000. */
  ids: Array<string | number>;
};

/** All of an earning rule; what is left out does not bind. */
export type EarningRuleInput = {
  /** Collections it covers. */
  collectionIds?: Array<string> | null | undefined;
  /** Not from then on. */
  endsAt?: string | null | undefined;
  /** Collections that earn nothing by it. */
  excludedCollectionIds?: Array<string> | null | undefined;
  /** Products that earn nothing by it. */
  excludedProductIds?: Array<string> | null | undefined;
  /** How long its points live once they can be used, 60 … 315360000; absent: as the others. */
  expirySeconds?: number | null | undefined;
  /** What points are earned for. */
  kind: EarningRuleKind;
  /** Least that must be paid of the order. */
  minimumOrder?: MoneyInput | null | undefined;
  /** What the merchant calls it, 1 … 200 characters. */
  name: string;
  /** The amount that brings `points`; for ORDER, and it alone. */
  per?: MoneyInput | null | undefined;
  /** Points for each `per`, or at once; at least 1. */
  points: number;
  /** Products it covers; only where `lines` are sent. */
  productIds?: Array<string> | null | undefined;
  /** Not before. */
  startsAt?: string | null | undefined;
  /** Customer tags it is for, any of them. */
  tags?: Array<string> | null | undefined;
  /** Whether the customer's tier multiplies what it gives; for ORDER. Absent: yes. */
  tierMultiplied?: boolean | null | undefined;
  /** Customer tiers it is for, any names. */
  tiers?: Array<string> | null | undefined;
};

/** What a customer earns points for. */
export type EarningRuleKind =
  /** A fixed number of points once a calendar year. */
  | 'BIRTHDAY'
  /** A fixed number of points with each order. */
  | 'CAMPAIGN'
  /** A fixed number of points, once, with the first order. */
  | 'FIRST_ORDER'
  /** Points for each amount that was paid of an order. */
  | 'ORDER'
  /** A fixed number of points, once, for being a customer. */
  | 'SIGN_UP';

/** An order to try an earning rule on. */
export type EarningRulePreviewCartInput = {
  /** What points and store credit take off; that part earns nothing. Absent: none. */
  discount?: MoneyInput | null | undefined;
  /** Whether it is the customer's first. Absent: yes for a rule of kind FIRST_ORDER, else no. */
  firstOrder?: boolean | null | undefined;
  /** The customer's tier; empty: none. Absent: one that the rule is for, none where it is for all. The customer always has the tags that the rule asks for. */
  tier?: string | null | undefined;
  /** The order before points. The rule covers it wholly. */
  total: MoneyInput;
};

/** An earning rule to try before it is published. */
export type EarningRulePreviewInput = {
  /** At most 20 orders. A rule for an occasion has none: leave them out. */
  carts: Array<EarningRulePreviewCartInput>;
  /** The rule that it would take the place of; null: a new one. */
  id?: string | number | null | undefined;
  /** The rule as it would be. */
  rule: EarningRuleInput;
  /** Percentage of the spend that points may be worth without a warning. Absent: "20". */
  warnAbove?: string | null | undefined;
};

/** What does not agree. */
export type FindingKind =
  /** Points were captured for an order that is cancelled, and did not go back. */
  | 'CAPTURED_BUT_CANCELLED'
  /** Points were captured for an order that was never completed. */
  | 'CAPTURED_WITHOUT_ORDER'
  /** An order was completed although its redemption could not be captured. */
  | 'CAPTURE_REFUSED'
  /** A hold ran out and nobody paid: only worth knowing, as most are carts that were left. */
  | 'HOLD_ENDED_UNPAID'
  /** An order was completed without points, but points were applied to the cart of the same id and never captured. */
  | 'HOLD_NOT_CAPTURED';

/** What mends a finding. */
export type FindingRepair =
  /** The redemption is captured late, and the order has it. */
  | 'CAPTURE_REDEMPTION'
  /** The order is completed, and earns. */
  | 'COMPLETE_ORDER'
  /** All that is left of the redemption goes back. */
  | 'REFUND_REDEMPTION';

/** How far a delivery has got. */
export type InboxState =
  /** Given up, for `lastError`. It stays until it is replayed or discarded. */
  | 'DEAD'
  /** The order was told what it says. */
  | 'DONE'
  /** There was nothing to do, or somebody discarded it. */
  | 'IGNORED'
  /** To be carried out, now or again later. */
  | 'WAITING';

/** Whom to invite. */
export type InviteStaffInput = {
  /** Their e-mail address; what they will sign in with. */
  email: string;
  /** What they are trusted with. */
  role: StaffRole;
};

/** Where an item is mended. */
export type LaunchSetting =
  /** The settings of Custom Checkout. */
  | 'CUSTOM_CHECKOUT'
  /** The earning rules. */
  | 'EARNING_RULES'
  /** Nothing of yours: tell whoever runs the gateway. */
  | 'OPERATIONS'
  /** The redemption rules. */
  | 'REDEMPTION_RULES'
  /** The Secret Webhook ID, and your backend's use of it. */
  | 'SECRET_WEBHOOK_ID';

/** What came of an item of the go-live test. */
export type LaunchStatus =
  /** Mend it before you go live. */
  | 'FAILED'
  /** It was not tried: there is no such thing, or something before it failed. */
  | 'NOT_CONFIGURED'
  /** It is as it has to be. */
  | 'PASSED'
  /** It may be meant so: somebody has to decide. */
  | 'WARNING';

/** Where an order is in its life. */
export type LoyaltyOrderStatus =
  /** Cancelled, whether paid or not. */
  | 'CANCELLED'
  /** Paid. */
  | 'COMPLETED'
  /** Something was told of it, but not yet that it is paid. */
  | 'EXPECTED'
  /** Paid, and some of it given back. */
  | 'PARTLY_REFUNDED'
  /** Paid, and all of it given back. */
  | 'REFUNDED';

/** Two customers who are one person. */
export type MergeCustomersInput = {
  /** 1 … 128 printable ASCII characters, new for every new intent, the same for every retry; a UUID is advised. The same key with the same input answers the first outcome again. */
  idempotencyKey: string;
  /** Who becomes a part of the other: the guest. All points, holds and debts move; orders and history stay readable. Backends go on to reach the target by the source's `externalId`, phone and e-mail; a customer token of the source opens nothing any more. */
  source: CustomerRef;
  /** Who stays: the account. */
  target: CustomerRef;
};

/** How long each point of a trend is. */
export type MetricGranularity =
  /** A day of the merchant's time zone; a range has at most 400. */
  | 'DAY'
  /** A calendar month; a range has at most 3700 days. */
  | 'MONTH'
  /** From Monday to Sunday; a range has at most 1100 days. */
  | 'WEEK';

/** The metrics that there are. More may come. */
export type MetricId =
  /** Average order value without points. */
  | 'AVERAGE_ORDER_VALUE_OTHERS'
  /** Average order value with points. */
  | 'AVERAGE_ORDER_VALUE_REDEEMERS'
  /** Checkout completion with redeemable points. */
  | 'CHECKOUT_COMPLETION_RATE'
  /** Checkout redemption usage. */
  | 'CHECKOUT_REDEMPTION_USAGE'
  /** Share of customers using points at checkout. */
  | 'CUSTOMERS_USING_POINTS'
  /** Discount cost. */
  | 'DISCOUNT_COST'
  /** Points redemption rate. */
  | 'POINTS_REDEMPTION_RATE'
  /** Repeat purchase rate of members. */
  | 'REPEAT_PURCHASE_RATE'
  /** Repeat revenue from members. */
  | 'REPEAT_REVENUE'
  /** Reward support tickets. */
  | 'SUPPORT_TICKETS'
  /** Technical error rate of redemption calls. */
  | 'TECHNICAL_ERROR_RATE';

/** What a metric's values are. */
export type MetricUnit =
  /** A whole number. */
  | 'COUNT'
  /** Major units of the merchant's currency. */
  | 'MONEY'
  /** A part of one, with four decimals: `0.2500` is 25 %. */
  | 'RATIO';

/** The least that a customer must pay: exactly one. */
export type MinimumPaymentInput =
  {   /** An amount above zero. */
  fixed: MoneyInput; none?: never; percent?: never; }
  |  { fixed?: never;   /** `true`: no minimum; an order may become free. */
  none: boolean; percent?: never; }
  |  { fixed?: never; none?: never;   /** Of the cart: "20" or "12.5", at most two decimals, 0 < p ≤ 100. */
  percent: string; };

/** How the least that a customer must pay is given. */
export type MinimumPaymentKind =
  /** An amount of money. */
  | 'FIXED'
  /** There is no minimum; an order may become free. */
  | 'NONE'
  /** A percentage of the cart, rounded up to a minor unit. */
  | 'PERCENT';

/** An amount of money. */
export type MoneyInput = {
  /** The exact amount in major units, at most as many decimals as it has. */
  amount: string;
  /** Must be the merchant's currency. */
  currencyCode: CurrencyCode;
};

/** Whose deliveries a source sends, and how they are signed. */
export type OrderSourceKind =
  /** Messages of a commercetools subscription, passed on by HTTP. */
  | 'COMMERCETOOLS'
  /** Our own JSON, signed as Standard Webhooks: for a backend of your own. */
  | 'GENERIC'
  /** Shopify's webhooks. */
  | 'SHOPIFY'
  /** WooCommerce's webhooks. */
  | 'WOOCOMMERCE';

/** Why something was refused. Codes are stable; messages are for people. */
export type RedemptionErrorCode =
  /** The redemption was captured, or the order took another one (`order.id`). */
  | 'ALREADY_CAPTURED'
  /** The customer (`field`) was merged into another one; name that one. */
  | 'ALREADY_MERGED'
  /** The points were already given back. */
  | 'ALREADY_RELEASED'
  /** Too little is spent for a point; `shortfallAmount` says how much lacks. */
  | 'BELOW_ONE_POINT'
  /** The amount is not in the merchant's currency. */
  | 'CURRENCY_MISMATCH'
  /** The rule is for other tiers or tags. */
  | 'CUSTOMER_NOT_ELIGIBLE'
  /** There is no such customer, or the caller may not know of it. */
  | 'CUSTOMER_NOT_FOUND'
  /** More points than were captured and not yet refunded. */
  | 'EXCEEDS_CAPTURED'
  /** More points than the redemption holds. */
  | 'EXCEEDS_HELD'
  /** The hold ran out and the points are no longer there. */
  | 'HOLD_EXPIRED'
  /** The idempotency key was used before, for something else. */
  | 'IDEMPOTENCY_KEY_REUSED'
  /** Another customer has this phone number or e-mail address. */
  | 'IDENTITY_TAKEN'
  /** There are too few points; `shortfallPoints` says how many lack. */
  | 'INSUFFICIENT_POINTS'
  /** The merchant has switched Custom Checkout off. */
  | 'INTEGRATION_DISABLED'
  /** The amount is negative, too exact for its currency, or too large. */
  | 'INVALID_AMOUNT'
  /** A value is not allowed; `field` names it and `message` says what is. */
  | 'INVALID_INPUT'
  /** One step is worth more than the maximum discount. */
  | 'MAX_DISCOUNT_REACHED'
  /** The cart is too small; `shortfallAmount` says by how much. */
  | 'MIN_CART_NOT_REACHED'
  /** The customer must pay more of this cart than would be left. */
  | 'MIN_PAYMENT_REQUIRED'
  /** The bonus is for a customer's first order. */
  | 'NOT_FIRST_ORDER'
  /** Nothing in the cart, or too little of it, is covered by the rule. */
  | 'NO_ELIGIBLE_ITEMS'
  /** The merchant has no redemption rule yet. */
  | 'NO_RULE_CONFIGURED'
  /** The order, or the refund, was told before with other content. */
  | 'ORDER_CONFLICT'
  /** Nothing was told of this order yet; name its customer to tell it early. */
  | 'ORDER_NOT_FOUND'
  /** The order is another customer's. */
  | 'ORDER_OF_ANOTHER'
  /** The order's total does not allow this discount. */
  | 'ORDER_TOTAL_TOO_LOW'
  /** Not this many points; `allowedPoints` says how many. */
  | 'POINTS_NOT_ALLOWED'
  /** The quote's time is over; ask for a new preview. */
  | 'QUOTE_EXPIRED'
  /** The quote is for another cart, customer or rule version, or is forged. */
  | 'QUOTE_MISMATCH'
  /** There is no such redemption, or the caller may not know of it. */
  | 'REDEMPTION_NOT_FOUND'
  /** Fewer points were asked for than one step of the rule. */
  | 'REQUEST_BELOW_STEP'
  /** The rule is archived, has not started, has ended, or is not there. */
  | 'RULE_INACTIVE'
  /** There is no such rule. */
  | 'RULE_NOT_FOUND'
  /** Source and target are one customer. */
  | 'SAME_CUSTOMER'
  /** The customer holds points for 20 other carts; release one, or wait. */
  | 'TOO_MANY_HOLDS'
  /** An order takes 200 refunds at most. */
  | 'TOO_MANY_REFUNDS'
  /** Somebody else has edited it meanwhile; load it again. */
  | 'VERSION_CONFLICT'
  /** There is no such webhook endpoint or delivery. */
  | 'WEBHOOK_NOT_FOUND';

/** What keeps a redemption from being larger. */
export type RedemptionLimitKind =
  /** What the rule covers of the cart. */
  | 'ELIGIBLE_ITEMS'
  /** The maximum discount of the rule. */
  | 'MAX_DISCOUNT'
  /** The cart must be a multiple of the discount. */
  | 'MIN_CART_MULTIPLE'
  /** The least that the customer must pay. */
  | 'MIN_PAYMENT'
  /** The points that the customer has. */
  | 'POINTS_BALANCE'
  /** The points that were asked for. */
  | 'REQUESTED_POINTS'
  /** Points are used in whole steps of the rule. */
  | 'STEP';

/** All of a rule; what is left out has no limit. */
export type RedemptionRuleInput = {
  /** "3": the cart is at least 3 × the discount. */
  cartMultiplier?: string | null | undefined;
  /** Collections it covers. */
  collectionIds?: Array<string> | null | undefined;
  /** What one step is worth; for the kinds of amount. */
  discount?: MoneyInput | null | undefined;
  /** Not from then on. */
  endsAt?: string | null | undefined;
  /** How points become a discount. */
  kind: RedemptionRuleKind;
  /** Most discount at once. */
  maximumDiscount?: MoneyInput | null | undefined;
  /** Most percentage at once; VARIABLE_PERCENT only. */
  maximumPercent?: string | null | undefined;
  /** Smallest cart. */
  minimumCart?: MoneyInput | null | undefined;
  /** The rule's own; absent: the integration's holds. */
  minimumPayment?: MinimumPaymentInput | null | undefined;
  /** Fewest points of a redemption; variable kinds only. */
  minimumPoints?: number | null | undefined;
  /** What the merchant calls it, 1 … 200 characters. */
  name: string;
  /** What one step is worth; for the kinds of percent. */
  percent?: string | null | undefined;
  /** Points of one step, at least 1. */
  points: number;
  /** Breaks ties, lowest first; absent: 0. */
  priority?: number | null | undefined;
  /** Products it covers. */
  productIds?: Array<string> | null | undefined;
  /** Not before. */
  startsAt?: string | null | undefined;
  /** Customer tags it is for, any of them. */
  tags?: Array<string> | null | undefined;
  /** Customer tiers it is for. */
  tiers?: Array<string> | null | undefined;
};

/** How a rule turns points into a discount. */
export type RedemptionRuleKind =
  /** Exactly these points for exactly this amount. */
  | 'FIXED_AMOUNT'
  /** Exactly these points for this percentage. */
  | 'FIXED_PERCENT'
  /** As many steps of points as fit, each worth the same amount. */
  | 'VARIABLE_AMOUNT'
  /** As many steps of points as fit, each worth a percentage. */
  | 'VARIABLE_PERCENT';

/** Where a redemption is in its life. */
export type RedemptionStatus =
  /** An order was paid with the discount; the points are spent. */
  | 'CAPTURED'
  /** The hold ran out and the points were given back. */
  | 'EXPIRED'
  /** Points are reserved for a cart, until `expiresAt`. */
  | 'HELD'
  /** The points were given back before any order. */
  | 'RELEASED';

/** What to refund. */
export type RefundRedemptionInput = {
  /** The redemption. */
  id: string | number;
  /** 1 … 128 printable ASCII characters, new for every new intent, the same for every retry; a UUID is advised. The same key with the same input answers the first outcome again. */
  idempotencyKey: string;
  /** Points to give back (minor units where only store credit was used); absent: all that is left, of both wallets. */
  points?: number | null | undefined;
};

/** A key to register. The gateway gives it its `kid`. */
export type RegisterSigningKeyInput = {
  /** How its tokens are signed. */
  algorithm: SigningAlgorithm;
  /** The `iss` that its tokens have to carry, 1 … 255 characters. */
  issuer: string;
  /** For ES256: the public key on the curve P-256, in PEM. Never the private one. */
  publicKey?: string | null | undefined;
  /** For HS256: the shared secret, at least 32 bytes. It is stored encrypted and never told. */
  secret?: string | null | undefined;
};

/** What to release. */
export type ReleaseRedemptionInput = {
  /** The redemption. */
  id: string | number;
  /** Not needed: a release is safe to repeat by itself. */
  idempotencyKey?: string | null | undefined;
};

/** Which finding to mend. */
export type RepairFindingInput = {
  /** As `reconciliation` gave it. */
  id: string | number;
  /** A new one for every repair, the same one for every retry of it. */
  idempotencyKey: string;
};

/** What to carry out again: exactly one of the two. It is safe for all of them. */
export type ReplayInboxInput =
  {   /** All of this source that were given up. */
  deadOf: string | number; ids?: never; }
  |  { deadOf?: never;   /** These deliveries, at most 1000. */
  ids: Array<string | number>; };

/** Which deliveries to send again. */
export type ReplayWebhookDeliveriesInput = {
  /** Global id of the endpoint. */
  endpointId: string | number;
  /** Of those made at this time or later: all that failed or was cancelled. */
  since: string;
};

/** Which delivery to send again. */
export type ReplayWebhookDeliveryInput = {
  /** Global id of the delivery. */
  id: string | number;
};

/** Who needs a new password. */
export type ResetStaffInput = {
  /** Who. */
  id: string | number;
};

/** A key to end. */
export type RevokeCredentialInput = {
  /** Which. */
  id: string | number;
};

/** A signing key to end. */
export type RevokeSigningKeyInput = {
  /** Which; the tokens that it signed end too. */
  kid: string;
};

/** Which source gets a new secret, and how. */
export type RotateOrderSourceSecretInput = {
  /** The source. */
  id: string | number;
  /** How long the secret before it still works, 0 … 2592000; a day unless given. */
  overlapSeconds?: number;
  /** The new secret that the shop signs with, for SHOPIFY and WOOCOMMERCE; absent: one is made. */
  secret?: string | null | undefined;
};

/** How to replace the Secret Webhook ID. */
export type RotateSecretWebhookIdInput = {
  /** How long the old one still works, 0 … 2592000; a day unless given. */
  overlapSeconds?: number;
};

/** How to replace an endpoint's signing secret. */
export type RotateWebhookSecretInput = {
  /** Global id of the endpoint. */
  id: string | number;
  /** How long the old one signs as well, 0 … 2592000; a day unless given. */
  overlapSeconds?: number;
};

/** A cart to try a rule on. */
export type RulePreviewCartInput = {
  /** The points that the customer has. */
  points: number;
  /** What the customer would pay without points. */
  total: MoneyInput;
};

/** A rule to try before it is published. */
export type RulePreviewInput = {
  /** At most 20. The rule covers them wholly. */
  carts: Array<RulePreviewCartInput>;
  /** The rule that it would take the place of; null: a new one. */
  id?: string | number | null | undefined;
  /** The rule as it would be. */
  rule: RedemptionRuleInput;
};

/** What to try. */
export type RunLaunchCheckInput = {
  /** Only these items, by id; absent: all of them. */
  items?: Array<string> | null | undefined;
};

/** Which endpoint to try. */
export type SendTestEventInput = {
  /** Global id of the endpoint. */
  endpointId: string | number;
};

/** How the tokens of a signing key are signed. */
export type SigningAlgorithm =
  /** ES256 takes a public key on the curve P-256, in PEM. */
  | 'ES256'
  /** HS256 takes a shared secret of at least 32 bytes. */
  | 'HS256';

/** What somebody is trusted with. */
export type StaffRole =
  /** Settings, rules, keys and the audit log. */
  | 'MANAGER'
  /** Everything, also who else may come in. */
  | 'OWNER'
  /** Looks everything up, helps customers with their points. */
  | 'SUPPORT';

/** A tier as it shall be. */
export type TierInput = {
  /** "1" … "100", at most two decimals; absent: "1". */
  multiplier?: string | null | undefined;
  /** 1 … 255 characters; no other tier has it. */
  name: string;
  /** Above that of the tier before. In points ("500"), or in the merchant's currency ("5000.00"), as `tierMeasure` says. */
  threshold: string;
};

/** What is counted over the last 365 days to reach a tier; what was given back does not. */
export type TierMeasure =
  /** Money that was paid for orders. */
  | 'AMOUNT_SPENT'
  /** Points that orders have brought. */
  | 'POINTS_EARNED';

/** What to change of Custom Checkout; what is left out stays. */
export type UpdateCustomCheckoutInput = {
  /** Web pages of these origins, and no others, may call for this merchant from a browser: the whole new list, at most 50, such as `https://shop.example`; `http` for localhost only, and app schemes such as `capacitor://localhost`. Empty: none. */
  allowedOrigins?: Array<string> | null | undefined;
  /** What to do when too few points are left. */
  clawbackPolicy?: ClawbackPolicy | null | undefined;
  /** Switch the integration on or off. */
  enabled?: boolean | null | undefined;
  /** 60 … 86400. */
  holdSeconds?: number | null | undefined;
  /** The least that a customer must pay. */
  minimumPayment?: MinimumPaymentInput | null | undefined;
  /** Refuse captures whose order has no `lines`. Switch it on when your backend sends them. */
  orderLinesRequired?: boolean | null | undefined;
  /** 10 … 86400. */
  quoteSeconds?: number | null | undefined;
  /** 0 … 315360000. */
  refundGraceSeconds?: number | null | undefined;
};

/** What to change of earning; what is left out stays. */
export type UpdateEarningInput = {
  /** The whole new list of what never earns. */
  excludedCollectionIds?: Array<string> | null | undefined;
  /** The whole new list of what never earns. */
  excludedProductIds?: Array<string> | null | undefined;
  /** How long points live once they can be used, 60 … 315360000; 0: for good. */
  expirySeconds?: number | null | undefined;
  /** So long before points expire an event tells of it, 60 … 31536000; 0: never. */
  reminderSeconds?: number | null | undefined;
  /** Points of an order are pending for so long, 0 … 31536000. Orders of before keep theirs. */
  returnWindowSeconds?: number | null | undefined;
  /** What reaches a tier. Where there are tiers, send them too, with thresholds of the new one. */
  tierMeasure?: TierMeasure | null | undefined;
  /** The whole new list, lowest first, at most 20. Empty: tiers are set by hand from then on. */
  tiers?: Array<TierInput> | null | undefined;
  /** The `tiersRevision` that was read before; other tiers by now are a conflict. Absent: they are written over. */
  tiersRevision?: string | null | undefined;
};

/** An earning rule to change. */
export type UpdateEarningRuleInput = {
  /** The rule. */
  id: string | number;
  /** All of the rule as it shall be. */
  rule: EarningRuleInput;
  /** The version that was edited; a stale one is a conflict. */
  version: number;
};

/** A rule to change. */
export type UpdateRedemptionRuleInput = {
  /** The rule. */
  id: string | number;
  /** All of the rule as it shall be. */
  rule: RedemptionRuleInput;
  /** The version that was edited; a stale one is a conflict. */
  version: number;
};

/** What to change of somebody; what is left out stays. */
export type UpdateStaffInput = {
  /** Shut out, signed out everywhere; or let in again. */
  disabled?: boolean | null | undefined;
  /** Who. */
  id: string | number;
  /** Another role. */
  role?: StaffRole | null | undefined;
};

/** What to change of an endpoint; what is left out stays. */
export type UpdateWebhookEndpointInput = {
  /** For people, at most 200 characters. */
  description?: string | null | undefined;
  /** Switch it on or off. Off: what waits for it is cancelled, and nothing is kept for it. */
  enabled?: boolean | null | undefined;
  /** The kinds of event to be told of, of `webhookEventKinds`; empty: all, also later ones. */
  events?: Array<string> | null | undefined;
  /** Global id of the endpoint. */
  id: string | number;
  /** `https://` and a public domain name, with port 443 or 8443; no user name, no fragment, at most 2000 characters. */
  url?: string | null | undefined;
};

/** A customer to make or to change, found by `externalId`. */
export type UpsertCustomerInput = {
  /** `1990-04-23`, or `04-23` without the year; an empty string clears it. */
  birthday?: string | null | undefined;
  /** E-mail address, kept in lower case; an empty string clears it. */
  email?: string | null | undefined;
  /** The merchant's own id, 1 … 255 characters. */
  externalId: string;
  /** Language tag such as `hi-IN`; an empty string clears it. */
  locale?: string | null | undefined;
  /** Phone number; without `+` and a calling code, one as it is dialled in the merchant's `phoneRegion`. Kept in E.164. An empty string clears it. */
  phone?: string | null | undefined;
  /** All tags, for rules; an empty list clears them. */
  tags?: Array<string> | null | undefined;
  /** The tier, for rules; an empty string clears it. */
  tier?: string | null | undefined;
};

/** One of a customer's accounts. */
export type Wallet =
  /** Loyalty points, turned into a discount by redemption rules. */
  | 'COINS'
  /** Store credit in minor units of the merchant's currency, worth itself. */
  | 'CREDITS';

/** Where a delivery is in its life. */
export type WebhookDeliveryState =
  /** The endpoint was switched off or deleted before it was sent. */
  | 'CANCELLED'
  /** The receiver has answered 2xx. */
  | 'DELIVERED'
  /** The last attempt has failed, or the receiver answered 410; replay it if you want. */
  | 'FAILED'
  /** It is sent, or waits for its next attempt. */
  | 'PENDING';

/** Why nothing is sent to an endpoint. */
export type WebhookDisabledReason =
  /** Somebody has switched it off. */
  | 'BY_HAND'
  /** It has refused everything for three days. */
  | 'FAILING'
  /** It answered 410 Gone. */
  | 'GONE';

/** A rule to try on what was recorded. */
export type WhatIfInput = {
  /** How many days, today included: 7 … 90. */
  days?: number;
  /** The rule that it would take the place of; null: a new one. */
  id?: string | number | null | undefined;
  /** The rule as it would be. */
  rule: RedemptionRuleInput;
};

export type AuditLogQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
}>;


export type AuditLogQuery = { merchant: { auditLog: { edges: Array<{ node: { id: string, at: string, action: string, target: string, actor: { kind: AuditActorKind, name: string }, changes: Array<{ field: string, before: string | null, after: string | null }> } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } };

export type MinimumPaymentPartsFragment = { kind: MinimumPaymentKind, percent: string | null, fixed: { amount: string } | null };

export type CheckoutSettingsFragment = { enabled: boolean, holdSeconds: number, quoteSeconds: number, refundGraceSeconds: number, clawbackPolicy: ClawbackPolicy, orderLinesRequired: boolean, allowedOrigins: Array<string>, minimumPayment: { kind: MinimumPaymentKind, percent: string | null, fixed: { amount: string } | null } };

export type CheckoutQueryVariables = Exact<{ [key: string]: never; }>;


export type CheckoutQuery = { merchant: { customCheckout: { enabled: boolean, holdSeconds: number, quoteSeconds: number, refundGraceSeconds: number, clawbackPolicy: ClawbackPolicy, orderLinesRequired: boolean, allowedOrigins: Array<string>, secretWebhookIds: Array<{ id: string, hint: string, createdAt: string, expiresAt: string | null, lastUsedAt: string | null }>, minimumPayment: { kind: MinimumPaymentKind, percent: string | null, fixed: { amount: string } | null } } } };

export type UpdateCheckoutMutationVariables = Exact<{
  input: UpdateCustomCheckoutInput;
}>;


export type UpdateCheckoutMutation = { updateCustomCheckout: { customCheckout: { enabled: boolean, holdSeconds: number, quoteSeconds: number, refundGraceSeconds: number, clawbackPolicy: ClawbackPolicy, orderLinesRequired: boolean, allowedOrigins: Array<string>, minimumPayment: { kind: MinimumPaymentKind, percent: string | null, fixed: { amount: string } | null } } | null, userErrors: Array<{ code: RedemptionErrorCode, field: Array<string> | null, message: string }> } };

export type RotateSecretMutationVariables = Exact<{
  input: RotateSecretWebhookIdInput;
}>;


export type RotateSecretMutation = { rotateSecretWebhookId: { secretWebhookId: string | null, userErrors: Array<{ code: RedemptionErrorCode, field: Array<string> | null, message: string }> } };

export type CredentialsQueryVariables = Exact<{ [key: string]: never; }>;


export type CredentialsQuery = { merchant: { credentials: Array<{ id: string, kind: CredentialKind, label: string, hint: string, publicValue: string | null, live: boolean, createdAt: string, expiresAt: string | null, revokedAt: string | null, lastUsedAt: string | null }>, signingKeys: Array<{ kid: string, algorithm: string, issuer: string, createdAt: string, revokedAt: string | null }> } };

export type CreateCredentialMutationVariables = Exact<{
  input: CreateCredentialInput;
}>;


export type CreateCredentialMutation = { createCredential: { secret: string | null, userErrors: Array<{ code: RedemptionErrorCode, field: Array<string> | null, message: string }> } };

export type RevokeCredentialMutationVariables = Exact<{
  input: RevokeCredentialInput;
}>;


export type RevokeCredentialMutation = { revokeCredential: { userErrors: Array<{ code: RedemptionErrorCode, field: Array<string> | null, message: string }> } };

export type RegisterSigningKeyMutationVariables = Exact<{
  input: RegisterSigningKeyInput;
}>;


export type RegisterSigningKeyMutation = { registerSigningKey: { signingKey: { kid: string } | null, userErrors: Array<{ code: RedemptionErrorCode, field: Array<string> | null, message: string }> } };

export type RevokeSigningKeyMutationVariables = Exact<{
  input: RevokeSigningKeyInput;
}>;


export type RevokeSigningKeyMutation = { revokeSigningKey: { userErrors: Array<{ code: RedemptionErrorCode, field: Array<string> | null, message: string }> } };

export type CustomersQueryVariables = Exact<{
  search?: string | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type CustomersQuery = { merchant: { customers: { edges: Array<{ node: { id: string, externalId: string, phone: string | null, email: string | null, tier: string | null, createdAt: string, points: { available: number, worth: { amount: string } | null } } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } };

export type CustomerPartsFragment = { id: string, externalId: string, phone: string | null, email: string | null, tier: string | null, tags: Array<string>, birthday: string | null, createdAt: string, erasedAt: string | null, mergedInto: string | null, mergedFrom: Array<{ id: string, externalId: string }>, tierStanding: { name: string | null, multiplier: string, tierMeasure: TierMeasure, counted: string, missing: string, next: { name: string } | null } | null, points: { available: number, held: number, pending: number, debt: number, worth: { amount: string } | null, nextExpiry: { points: number, at: string } | null }, storeCredit: { available: { amount: string }, held: { amount: string } } };

export type CustomerQueryVariables = Exact<{
  id: string | number;
}>;


export type CustomerQuery = { customer: { id: string, externalId: string, phone: string | null, email: string | null, tier: string | null, tags: Array<string>, birthday: string | null, createdAt: string, erasedAt: string | null, mergedInto: string | null, mergedFrom: Array<{ id: string, externalId: string }>, tierStanding: { name: string | null, multiplier: string, tierMeasure: TierMeasure, counted: string, missing: string, next: { name: string } | null } | null, points: { available: number, held: number, pending: number, debt: number, worth: { amount: string } | null, nextExpiry: { points: number, at: string } | null }, storeCredit: { available: { amount: string }, held: { amount: string } } } | null, merchant: { customCheckout: { clawbackPolicy: ClawbackPolicy } } };

export type CustomerLotsQueryVariables = Exact<{
  id: string | number;
  wallet: Wallet;
  usedUp: boolean;
  after?: string | null | undefined;
}>;


export type CustomerLotsQuery = { customer: { id: string, lots: { edges: Array<{ node: { number: number, source: string, reason: string | null, amount: number, pending: number, available: number, held: number, spent: number, expired: number, clawedBack: number, moved: number, createdAt: string, availableFrom: string, expiresAt: string | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type CustomerJournalQueryVariables = Exact<{
  id: string | number;
  wallet: Wallet;
  after?: string | null | undefined;
}>;


export type CustomerJournalQuery = { customer: { id: string, history: { edges: Array<{ node: { sequence: number, kind: string, source: string, target: string, points: number, reason: string | null, cartId: string | null, orderId: string | null, at: string, availableAfter: number, heldAfter: number } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type CustomerRedemptionsQueryVariables = Exact<{
  id: string | number;
  after?: string | null | undefined;
}>;


export type CustomerRedemptionsQuery = { customer: { id: string, redemptions: { edges: Array<{ node: { id: string, status: RedemptionStatus, cartId: string, points: number, capturedPoints: number, refundedPoints: number, closeReason: string | null, createdAt: string, expiresAt: string, closedAt: string | null, credits: { amount: string }, discount: { amount: string }, capturedDiscount: { amount: string }, refundedCredits: { amount: string }, rule: { id: string, name: string, version: number } | null, order: { id: string, total: { amount: string }, payable: { amount: string } } | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type RedemptionTraceQueryVariables = Exact<{
  id: string | number;
}>;


export type RedemptionTraceQuery = { redemption: { id: string, points: number, discount: { amount: string }, payable: { amount: string }, rule: { id: string, version: number, name: string, kind: RedemptionRuleKind, points: number, percent: string | null, minimumPoints: number, maximumPercent: string | null, cartMultiplier: string | null, productIds: Array<string>, collectionIds: Array<string>, tiers: Array<string>, tags: Array<string>, startsAt: string | null, endsAt: string | null, priority: number, discount: { amount: string } | null, maximumDiscount: { amount: string } | null, minimumCart: { amount: string } | null, minimumPayment: { kind: MinimumPaymentKind, percent: string | null, fixed: { amount: string } | null } | null } | null, trace: { availablePoints: number, maximumPoints: number, fewerAsked: boolean, confirmed: boolean, cartTotal: { amount: string }, coveredTotal: { amount: string }, minimumPayment: { amount: string }, limits: Array<{ kind: RedemptionLimitKind, points: number, discount: { amount: string } }> } | null } | null };

export type CustomerOrdersQueryVariables = Exact<{
  id: string | number;
  after?: string | null | undefined;
}>;


export type CustomerOrdersQuery = { customer: { id: string, loyaltyOrders: { edges: Array<{ node: { id: string, orderId: string, status: LoyaltyOrderStatus, earnedPoints: number, clawedBackPoints: number, placedAt: string | null, total: { amount: string } | null, paid: { amount: string } | null, refunded: { amount: string } } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type ExportCustomerQueryVariables = Exact<{
  id: string | number;
  after?: string | null | undefined;
}>;


export type ExportCustomerQuery = { exportCustomer: { document: string, next: string | null } | null };

export type AdjustPointsMutationVariables = Exact<{
  input: AdjustPointsInput;
}>;


export type AdjustPointsMutation = { adjustPoints: { replayed: boolean, userErrors: Array<{ code: RedemptionErrorCode, field: Array<string> | null, message: string }> } };

export type ChangeCustomerMutationVariables = Exact<{
  input: UpsertCustomerInput;
}>;


export type ChangeCustomerMutation = { upsertCustomer: { customer: { id: string } | null, userErrors: Array<{ code: RedemptionErrorCode, field: Array<string> | null, message: string }> } };

export type MergeCustomersMutationVariables = Exact<{
  input: MergeCustomersInput;
}>;


export type MergeCustomersMutation = { mergeCustomers: { customer: { id: string } | null, userErrors: Array<{ code: RedemptionErrorCode, field: Array<string> | null, message: string }> } };

export type EraseCustomerMutationVariables = Exact<{
  id: string | number;
}>;


export type EraseCustomerMutation = { eraseCustomer: { erased: boolean, userErrors: Array<{ code: RedemptionErrorCode, field: Array<string> | null, message: string }> } };

export type ReleaseHoldMutationVariables = Exact<{
  input: ReleaseRedemptionInput;
}>;


export type ReleaseHoldMutation = { releaseRedemption: { redemption: { id: string, status: RedemptionStatus } | null, userErrors: Array<{ code: RedemptionErrorCode, field: Array<string> | null, message: string }> } };

export type RefundPointsMutationVariables = Exact<{
  input: RefundRedemptionInput;
}>;


export type RefundPointsMutation = { refundRedemption: { redemption: { id: string, refundedPoints: number } | null, userErrors: Array<{ code: RedemptionErrorCode, field: Array<string> | null, message: string }> } };

export type EarningRulePartsFragment = { id: string, version: number, name: string, kind: EarningRuleKind, points: number, tierMultiplied: boolean, productIds: Array<string>, collectionIds: Array<string>, excludedProductIds: Array<string>, excludedCollectionIds: Array<string>, tiers: Array<string>, tags: Array<string>, startsAt: string | null, endsAt: string | null, expirySeconds: number | null, per: { amount: string } | null, minimumOrder: { amount: string } | null };

export type EarningPartsFragment = { returnWindowSeconds: number, expirySeconds: number | null, reminderSeconds: number | null, tierMeasure: TierMeasure, tiersRevision: string, excludedProductIds: Array<string>, excludedCollectionIds: Array<string>, tiers: Array<{ name: string, threshold: string, multiplier: string }> };

export type EarningQueryVariables = Exact<{ [key: string]: never; }>;


export type EarningQuery = { merchant: { earning: { returnWindowSeconds: number, expirySeconds: number | null, reminderSeconds: number | null, tierMeasure: TierMeasure, tiersRevision: string, excludedProductIds: Array<string>, excludedCollectionIds: Array<string>, tiers: Array<{ name: string, threshold: string, multiplier: string }> } } };

export type EarningRulesQueryVariables = Exact<{
  archived: boolean;
}>;


export type EarningRulesQuery = { merchant: { earning: { rules: Array<{ archivedAt: string | null, editedAt: string, rule: { id: string, version: number, name: string, kind: EarningRuleKind, points: number, tierMultiplied: boolean, productIds: Array<string>, collectionIds: Array<string>, excludedProductIds: Array<string>, excludedCollectionIds: Array<string>, tiers: Array<string>, tags: Array<string>, startsAt: string | null, endsAt: string | null, expirySeconds: number | null, per: { amount: string } | null, minimumOrder: { amount: string } | null } }> } } };

export type EarningRuleHistoryQueryVariables = Exact<{ [key: string]: never; }>;


export type EarningRuleHistoryQuery = { merchant: { earning: { rules: Array<{ archivedAt: string | null, editedAt: string, rule: { id: string, version: number, name: string, kind: EarningRuleKind, points: number, tierMultiplied: boolean, productIds: Array<string>, collectionIds: Array<string>, excludedProductIds: Array<string>, excludedCollectionIds: Array<string>, tiers: Array<string>, tags: Array<string>, startsAt: string | null, endsAt: string | null, expirySeconds: number | null, per: { amount: string } | null, minimumOrder: { amount: string } | null }, versions: Array<{ editedAt: string, rule: { id: string, version: number, name: string, kind: EarningRuleKind, points: number, tierMultiplied: boolean, productIds: Array<string>, collectionIds: Array<string>, excludedProductIds: Array<string>, excludedCollectionIds: Array<string>, tiers: Array<string>, tags: Array<string>, startsAt: string | null, endsAt: string | null, expirySeconds: number | null, per: { amount: string } | null, minimumOrder: { amount: string } | null } }> }> } } };

export type PreviewEarningRuleQueryVariables = Exact<{
  input: EarningRulePreviewInput;
}>;


export type PreviewEarningRuleQuery = { earningRulePreview: { availableAt: string | null, expiresAt: string | null, tooGenerous: boolean, neverEarns: boolean, unknownTiers: Array<string>, carts: Array<{ points: number, livePoints: number, givenBack: string | null, total: { amount: string }, paid: { amount: string }, worth: { amount: string } | null, offer: { points: number, refusal: { code: RedemptionErrorCode } | null }, sentences: Array<{ language: string, text: string }> }>, occasion: { points: number, livePoints: number, wins: boolean, winner: { id: string, name: string } | null } | null, overlaps: Array<{ id: string, name: string }>, userErrors: Array<{ code: RedemptionErrorCode, field: Array<string> | null, message: string }> } };

export type CreateEarningRuleMutationVariables = Exact<{
  input: CreateEarningRuleInput;
}>;


export type CreateEarningRuleMutation = { createEarningRule: { rule: { id: string, version: number } | null, userErrors: Array<{ code: RedemptionErrorCode, field: Array<string> | null, message: string }> } };

export type UpdateEarningRuleMutationVariables = Exact<{
  input: UpdateEarningRuleInput;
}>;


export type UpdateEarningRuleMutation = { updateEarningRule: { rule: { id: string, version: number } | null, userErrors: Array<{ code: RedemptionErrorCode, field: Array<string> | null, message: string }> } };

export type ArchiveEarningRuleMutationVariables = Exact<{
  input: ArchiveEarningRuleInput;
}>;


export type ArchiveEarningRuleMutation = { archiveEarningRule: { rule: { id: string } | null, userErrors: Array<{ code: RedemptionErrorCode, field: Array<string> | null, message: string }> } };

export type UpdateEarningMutationVariables = Exact<{
  input: UpdateEarningInput;
}>;


export type UpdateEarningMutation = { updateEarning: { earning: { returnWindowSeconds: number, expirySeconds: number | null, reminderSeconds: number | null, tierMeasure: TierMeasure, tiersRevision: string, excludedProductIds: Array<string>, excludedCollectionIds: Array<string>, tiers: Array<{ name: string, threshold: string, multiplier: string }> } | null, userErrors: Array<{ code: RedemptionErrorCode, field: Array<string> | null, message: string }> } };

export type HomeQueryVariables = Exact<{ [key: string]: never; }>;


export type HomeQuery = { merchant: { customCheckout: { enabled: boolean, secretWebhookIdLastUsedAt: string | null, allowedOrigins: Array<string>, minimumPayment: { kind: MinimumPaymentKind, percent: string | null, fixed: { amount: string } | null }, secretWebhookIds: Array<{ id: string }>, rules: Array<{ rule: { id: string, name: string } }> }, staff: Array<{ id: string }> } };

export type IntegrationsQueryVariables = Exact<{ [key: string]: never; }>;


export type IntegrationsQuery = { merchant: { customCheckout: { enabled: boolean }, webhookEndpoints: Array<{ id: string, enabled: boolean, failingSince: string | null }>, orderSources: Array<{ id: string }>, dead: { edges: Array<{ node: { id: string } }>, pageInfo: { hasNextPage: boolean } } } };

export type RunLaunchCheckMutationVariables = Exact<{
  input: RunLaunchCheckInput;
}>;


export type RunLaunchCheckMutation = { runLaunchCheck: { report: { ok: boolean, passed: number, warnings: number, failed: number, notConfigured: number, finishedAt: string, items: Array<{ id: string, title: string, status: LaunchStatus, advice: string | null, setting: LaunchSetting, evidence: Array<{ sent: string, expected: string | null, came: string, wrong: boolean }> }> } } };

export type MetricsQueryVariables = Exact<{
  from: string;
  to: string;
  granularity: MetricGranularity;
  compare: boolean;
}>;


export type MetricsQuery = { merchant: { metrics: { from: string, to: string, previousFrom: string | null, previousTo: string | null, asOf: string | null, metrics: Array<{ id: MetricId, name: string, definition: string, unit: MetricUnit, value: string | null, previousValue: string | null, change: string | null, points: Array<{ from: string, value: string | null }> }> } } };

export type MetricsCsvQueryVariables = Exact<{
  from: string;
  to: string;
  granularity: MetricGranularity;
  compare: boolean;
}>;


export type MetricsCsvQuery = { merchant: { metrics: { csv: string } } };

export type LiabilityQueryVariables = Exact<{ [key: string]: never; }>;


export type LiabilityQuery = { merchant: { liability: { total: number, neverExpiring: number, worth: { amount: string } | null, byMonth: Array<{ month: string, points: number, worth: { amount: string } | null }> } } };

export type SourcePartsFragment = { id: string, name: string, kind: OrderSourceKind, path: string, createCustomers: boolean, customerPrefix: string, orderPrefix: string, createdAt: string, previousSecretUntil: string | null };

export type OrderSourcesQueryVariables = Exact<{ [key: string]: never; }>;


export type OrderSourcesQuery = { merchant: { orderSources: Array<{ id: string, name: string, kind: OrderSourceKind, path: string, createCustomers: boolean, customerPrefix: string, orderPrefix: string, createdAt: string, previousSecretUntil: string | null }>, dead: { edges: Array<{ node: { id: string } }>, pageInfo: { hasNextPage: boolean } } } };

export type InboxQueryVariables = Exact<{
  state?: InboxState | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type InboxQuery = { merchant: { inbox: { edges: Array<{ node: { id: string, deliveryId: string, topic: string, orderId: string | null, state: InboxState, attempts: number, receivedAt: string, nextAttemptAt: string | null, lastError: string | null, source: { id: string, name: string, kind: OrderSourceKind } | null, headers: Array<{ name: string, value: string }> } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } };

export type InboxBodyQueryVariables = Exact<{
  id: string | number;
}>;


export type InboxBodyQuery = { merchant: { inboxItem: { id: string, body: string } | null } };

export type CreateSourceMutationVariables = Exact<{
  input: CreateOrderSourceInput;
}>;


export type CreateSourceMutation = { createOrderSource: { secret: string | null, orderSource: { id: string, name: string, kind: OrderSourceKind, path: string, createCustomers: boolean, customerPrefix: string, orderPrefix: string, createdAt: string, previousSecretUntil: string | null } | null, userErrors: Array<{ code: RedemptionErrorCode, field: Array<string> | null, message: string }> } };

export type RotateSourceSecretMutationVariables = Exact<{
  input: RotateOrderSourceSecretInput;
}>;


export type RotateSourceSecretMutation = { rotateOrderSourceSecret: { secret: string | null, userErrors: Array<{ code: RedemptionErrorCode, field: Array<string> | null, message: string }> } };

export type DeleteSourceMutationVariables = Exact<{
  input: DeleteOrderSourceInput;
}>;


export type DeleteSourceMutation = { deleteOrderSource: { deletedId: string | null, userErrors: Array<{ code: RedemptionErrorCode, field: Array<string> | null, message: string }> } };

export type ReplayInboxMutationVariables = Exact<{
  input: ReplayInboxInput;
}>;


export type ReplayInboxMutation = { replayInbox: { count: number | null, userErrors: Array<{ code: RedemptionErrorCode, field: Array<string> | null, message: string }> } };

export type DiscardInboxMutationVariables = Exact<{
  input: DiscardInboxInput;
}>;


export type DiscardInboxMutation = { discardInbox: { count: number | null, userErrors: Array<{ code: RedemptionErrorCode, field: Array<string> | null, message: string }> } };

export type ReconciliationQueryVariables = Exact<{
  since: string;
  kinds?: Array<FindingKind> | FindingKind | null | undefined;
  after?: string | null | undefined;
}>;


export type ReconciliationQuery = { reconciliation: { edges: Array<{ node: { id: string, kind: FindingKind, open: boolean, sentence: string, at: string, orderId: string | null, points: number, repair: FindingRepair | null, pointsThere: boolean | null, customer: { id: string, externalId: string }, credits: { amount: string }, amount: { amount: string } | null, preview: { refusal: RedemptionErrorCode | null, before: { available: number, held: number, pending: number, debt: number, credits: { amount: string } }, after: { available: number, held: number, pending: number, debt: number, credits: { amount: string } } } | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type RepairBalancePartsFragment = { available: number, held: number, pending: number, debt: number, credits: { amount: string } };

export type RepairFindingMutationVariables = Exact<{
  input: RepairFindingInput;
}>;


export type RepairFindingMutation = { repairFinding: { replayed: boolean, userErrors: Array<{ code: RedemptionErrorCode, field: Array<string> | null, message: string }> } };

export type RulePartsFragment = { id: string, version: number, name: string, kind: RedemptionRuleKind, points: number, percent: string | null, minimumPoints: number, maximumPercent: string | null, cartMultiplier: string | null, productIds: Array<string>, collectionIds: Array<string>, tiers: Array<string>, tags: Array<string>, startsAt: string | null, endsAt: string | null, priority: number, discount: { amount: string } | null, maximumDiscount: { amount: string } | null, minimumCart: { amount: string } | null, minimumPayment: { kind: MinimumPaymentKind, percent: string | null, fixed: { amount: string } | null } | null };

export type RulesQueryVariables = Exact<{
  archived: boolean;
}>;


export type RulesQuery = { merchant: { customCheckout: { enabled: boolean, minimumPayment: { kind: MinimumPaymentKind, percent: string | null, fixed: { amount: string } | null }, rules: Array<{ archivedAt: string | null, editedAt: string, rule: { id: string, version: number, name: string, kind: RedemptionRuleKind, points: number, percent: string | null, minimumPoints: number, maximumPercent: string | null, cartMultiplier: string | null, productIds: Array<string>, collectionIds: Array<string>, tiers: Array<string>, tags: Array<string>, startsAt: string | null, endsAt: string | null, priority: number, discount: { amount: string } | null, maximumDiscount: { amount: string } | null, minimumCart: { amount: string } | null, minimumPayment: { kind: MinimumPaymentKind, percent: string | null, fixed: { amount: string } | null } | null } }> } } };

export type RuleHistoryQueryVariables = Exact<{ [key: string]: never; }>;


export type RuleHistoryQuery = { merchant: { customCheckout: { rules: Array<{ archivedAt: string | null, editedAt: string, rule: { id: string, version: number, name: string, kind: RedemptionRuleKind, points: number, percent: string | null, minimumPoints: number, maximumPercent: string | null, cartMultiplier: string | null, productIds: Array<string>, collectionIds: Array<string>, tiers: Array<string>, tags: Array<string>, startsAt: string | null, endsAt: string | null, priority: number, discount: { amount: string } | null, maximumDiscount: { amount: string } | null, minimumCart: { amount: string } | null, minimumPayment: { kind: MinimumPaymentKind, percent: string | null, fixed: { amount: string } | null } | null }, versions: Array<{ editedAt: string, rule: { id: string, version: number, name: string, kind: RedemptionRuleKind, points: number, percent: string | null, minimumPoints: number, maximumPercent: string | null, cartMultiplier: string | null, productIds: Array<string>, collectionIds: Array<string>, tiers: Array<string>, tags: Array<string>, startsAt: string | null, endsAt: string | null, priority: number, discount: { amount: string } | null, maximumDiscount: { amount: string } | null, minimumCart: { amount: string } | null, minimumPayment: { kind: MinimumPaymentKind, percent: string | null, fixed: { amount: string } | null } | null } }> }> } } };

export type PreviewRuleQueryVariables = Exact<{
  input: RulePreviewInput;
}>;


export type PreviewRuleQuery = { rulePreview: { carts: Array<{ wins: boolean, total: { amount: string }, payable: { amount: string }, winner: { id: string, name: string } | null, offer: { eligible: boolean, points: number, discount: { amount: string }, limits: Array<{ kind: RedemptionLimitKind }>, refusal: { code: RedemptionErrorCode } | null }, sentences: Array<{ language: string, text: string }> }>, freeCart: { amount: string } | null, overlaps: Array<{ id: string, name: string, priority: number }>, userErrors: Array<{ code: RedemptionErrorCode, field: Array<string> | null, message: string }> } };

export type CreateRuleMutationVariables = Exact<{
  input: CreateRedemptionRuleInput;
}>;


export type CreateRuleMutation = { createRedemptionRule: { rule: { id: string, version: number } | null, userErrors: Array<{ code: RedemptionErrorCode, field: Array<string> | null, message: string }> } };

export type UpdateRuleMutationVariables = Exact<{
  input: UpdateRedemptionRuleInput;
}>;


export type UpdateRuleMutation = { updateRedemptionRule: { rule: { id: string, version: number } | null, userErrors: Array<{ code: RedemptionErrorCode, field: Array<string> | null, message: string }> } };

export type ArchiveRuleMutationVariables = Exact<{
  input: ArchiveRedemptionRuleInput;
}>;


export type ArchiveRuleMutation = { archiveRedemptionRule: { rule: { id: string } | null, userErrors: Array<{ code: RedemptionErrorCode, field: Array<string> | null, message: string }> } };

export type ShellQueryVariables = Exact<{ [key: string]: never; }>;


export type ShellQuery = { viewer: { permissions: Array<string>, staff: { id: string, email: string, name: string, role: StaffRole } } | null, merchant: { name: string, currencyCode: CurrencyCode, locale: string, timeZone: string } };

export type StaffQueryVariables = Exact<{ [key: string]: never; }>;


export type StaffQuery = { merchant: { staff: Array<{ id: string, email: string, name: string, role: StaffRole, invited: boolean, createdAt: string, seenAt: string | null, disabledAt: string | null, lockedUntil: string | null }> } };

export type InviteStaffMutationVariables = Exact<{
  input: InviteStaffInput;
}>;


export type InviteStaffMutation = { inviteStaff: { path: string | null, expiresAt: string | null, userErrors: Array<{ code: RedemptionErrorCode, field: Array<string> | null, message: string }> } };

export type ResetStaffMutationVariables = Exact<{
  input: ResetStaffInput;
}>;


export type ResetStaffMutation = { resetStaff: { path: string | null, expiresAt: string | null, userErrors: Array<{ code: RedemptionErrorCode, field: Array<string> | null, message: string }> } };

export type UpdateStaffMutationVariables = Exact<{
  input: UpdateStaffInput;
}>;


export type UpdateStaffMutation = { updateStaff: { staff: { id: string } | null, userErrors: Array<{ code: RedemptionErrorCode, field: Array<string> | null, message: string }> } };

export type EndpointPartsFragment = { id: string, url: string, description: string, events: Array<string>, enabled: boolean, disabledReason: WebhookDisabledReason | null, failingSince: string | null, previousSecretUntil: string | null, createdAt: string };

export type DeliveryPartsFragment = { id: string, messageId: string, event: string, body: string, state: WebhookDeliveryState, attemptCount: number, nextAttemptAt: string | null, createdAt: string, finishedAt: string | null, attempts: Array<{ at: string, status: number | null, error: string | null, milliseconds: number, answer: string }> };

export type WebhooksQueryVariables = Exact<{ [key: string]: never; }>;


export type WebhooksQuery = { merchant: { webhookEndpoints: Array<{ id: string, url: string, description: string, events: Array<string>, enabled: boolean, disabledReason: WebhookDisabledReason | null, failingSince: string | null, previousSecretUntil: string | null, createdAt: string, latest: { edges: Array<{ node: { id: string, state: WebhookDeliveryState, attemptCount: number, createdAt: string } }> } }>, webhookEventKinds: Array<{ name: string, description: string }> } };

export type EndpointQueryVariables = Exact<{
  id: string | number;
}>;


export type EndpointQuery = { merchant: { webhookEndpoint: { id: string, url: string, description: string, events: Array<string>, enabled: boolean, disabledReason: WebhookDisabledReason | null, failingSince: string | null, previousSecretUntil: string | null, createdAt: string } | null, webhookEventKinds: Array<{ name: string, description: string }> } };

export type DeliveriesQueryVariables = Exact<{
  id: string | number;
  state?: WebhookDeliveryState | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type DeliveriesQuery = { merchant: { webhookEndpoint: { deliveries: { edges: Array<{ node: { id: string, messageId: string, event: string, body: string, state: WebhookDeliveryState, attemptCount: number, nextAttemptAt: string | null, createdAt: string, finishedAt: string | null, attempts: Array<{ at: string, status: number | null, error: string | null, milliseconds: number, answer: string }> } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null } };

export type CreateEndpointMutationVariables = Exact<{
  input: CreateWebhookEndpointInput;
}>;


export type CreateEndpointMutation = { createWebhookEndpoint: { secret: string | null, endpoint: { id: string, url: string, description: string, events: Array<string>, enabled: boolean, disabledReason: WebhookDisabledReason | null, failingSince: string | null, previousSecretUntil: string | null, createdAt: string } | null, userErrors: Array<{ code: RedemptionErrorCode, field: Array<string> | null, message: string }> } };

export type UpdateEndpointMutationVariables = Exact<{
  input: UpdateWebhookEndpointInput;
}>;


export type UpdateEndpointMutation = { updateWebhookEndpoint: { endpoint: { id: string, url: string, description: string, events: Array<string>, enabled: boolean, disabledReason: WebhookDisabledReason | null, failingSince: string | null, previousSecretUntil: string | null, createdAt: string } | null, userErrors: Array<{ code: RedemptionErrorCode, field: Array<string> | null, message: string }> } };

export type RotateEndpointSecretMutationVariables = Exact<{
  input: RotateWebhookSecretInput;
}>;


export type RotateEndpointSecretMutation = { rotateWebhookSecret: { secret: string | null, userErrors: Array<{ code: RedemptionErrorCode, field: Array<string> | null, message: string }> } };

export type DeleteEndpointMutationVariables = Exact<{
  input: DeleteWebhookEndpointInput;
}>;


export type DeleteEndpointMutation = { deleteWebhookEndpoint: { deletedId: string | null, userErrors: Array<{ code: RedemptionErrorCode, field: Array<string> | null, message: string }> } };

export type SendTestMutationVariables = Exact<{
  input: SendTestEventInput;
}>;


export type SendTestMutation = { sendTestEvent: { delivery: { id: string } | null, userErrors: Array<{ code: RedemptionErrorCode, field: Array<string> | null, message: string }> } };

export type ReplayDeliveryMutationVariables = Exact<{
  input: ReplayWebhookDeliveryInput;
}>;


export type ReplayDeliveryMutation = { replayWebhookDelivery: { delivery: { id: string } | null, userErrors: Array<{ code: RedemptionErrorCode, field: Array<string> | null, message: string }> } };

export type ReplayDeliveriesMutationVariables = Exact<{
  input: ReplayWebhookDeliveriesInput;
}>;


export type ReplayDeliveriesMutation = { replayWebhookDeliveries: { count: number | null, userErrors: Array<{ code: RedemptionErrorCode, field: Array<string> | null, message: string }> } };

export type WhatIfCountPartsFragment = { expected: number, least: number, most: number };

export type WhatIfAmountPartsFragment = { expected: { amount: string }, least: { amount: string }, most: { amount: string } };

export type WhatIfSidePartsFragment = { ableCarts: number, usedCarts: number, redemptions: { expected: number, least: number, most: number }, discount: { expected: { amount: string }, least: { amount: string }, most: { amount: string } }, averagePaid: { amount: string } | null, zeroOrders: { expected: number, least: number, most: number }, refusals: Array<{ code: RedemptionErrorCode, carts: number }> };

export type WhatIfChangedPartsFragment = { customers: number, total: { amount: string }, largest: Array<{ id: string, externalId: string, now: { amount: string }, draft: { amount: string }, difference: { amount: string } }> };

export type WhatIfSubscriptionVariables = Exact<{
  input: WhatIfInput;
}>;


export type WhatIfSubscription = { whatIf: { done: number, total: number, waiting: boolean, recordedSince: string | null, userErrors: Array<{ code: RedemptionErrorCode, field: Array<string> | null, message: string }>, result: { from: string, to: string, whole: boolean, carts: number, customers: number, orders: number, cartsWithoutLines: number, takeUp: string | null, recordedRedemptions: number, recordedDiscount: { amount: string }, averageOrder: { amount: string } | null, now: { ableCarts: number, usedCarts: number, redemptions: { expected: number, least: number, most: number }, discount: { expected: { amount: string }, least: { amount: string }, most: { amount: string } }, averagePaid: { amount: string } | null, zeroOrders: { expected: number, least: number, most: number }, refusals: Array<{ code: RedemptionErrorCode, carts: number }> }, draft: { ableCarts: number, usedCarts: number, redemptions: { expected: number, least: number, most: number }, discount: { expected: { amount: string }, least: { amount: string }, most: { amount: string } }, averagePaid: { amount: string } | null, zeroOrders: { expected: number, least: number, most: number }, refusals: Array<{ code: RedemptionErrorCode, carts: number }> }, moreDiscount: { amount: string }, tiers: Array<{ tier: string | null, customers: number, orders: number, discountNow: { expected: { amount: string }, least: { amount: string }, most: { amount: string } }, discountDraft: { expected: { amount: string }, least: { amount: string }, most: { amount: string } } }>, gainers: { customers: number, total: { amount: string }, largest: Array<{ id: string, externalId: string, now: { amount: string }, draft: { amount: string }, difference: { amount: string } }> }, losers: { customers: number, total: { amount: string }, largest: Array<{ id: string, externalId: string, now: { amount: string }, draft: { amount: string }, difference: { amount: string } }> }, definitions: Array<{ id: string, text: string }> } | null } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const MinimumPaymentPartsFragmentDoc = new TypedDocumentString(`
    fragment MinimumPaymentParts on MinimumPayment {
  kind
  fixed {
    amount
  }
  percent
}
    `, {"fragmentName":"MinimumPaymentParts"}) as unknown as TypedDocumentString<MinimumPaymentPartsFragment, unknown>;
export const CheckoutSettingsFragmentDoc = new TypedDocumentString(`
    fragment CheckoutSettings on CustomCheckout {
  enabled
  holdSeconds
  quoteSeconds
  refundGraceSeconds
  clawbackPolicy
  orderLinesRequired
  allowedOrigins
  minimumPayment {
    ...MinimumPaymentParts
  }
}
    fragment MinimumPaymentParts on MinimumPayment {
  kind
  fixed {
    amount
  }
  percent
}`, {"fragmentName":"CheckoutSettings"}) as unknown as TypedDocumentString<CheckoutSettingsFragment, unknown>;
export const CustomerPartsFragmentDoc = new TypedDocumentString(`
    fragment CustomerParts on Customer {
  id
  externalId
  phone
  email
  tier
  tags
  birthday
  createdAt
  erasedAt
  mergedInto
  mergedFrom {
    id
    externalId
  }
  tierStanding {
    name
    multiplier
    tierMeasure
    counted
    missing
    next {
      name
    }
  }
  points {
    available
    held
    pending
    debt
    worth {
      amount
    }
    nextExpiry {
      points
      at
    }
  }
  storeCredit {
    available {
      amount
    }
    held {
      amount
    }
  }
}
    `, {"fragmentName":"CustomerParts"}) as unknown as TypedDocumentString<CustomerPartsFragment, unknown>;
export const EarningRulePartsFragmentDoc = new TypedDocumentString(`
    fragment EarningRuleParts on EarningRule {
  id
  version
  name
  kind
  points
  per {
    amount
  }
  tierMultiplied
  minimumOrder {
    amount
  }
  productIds
  collectionIds
  excludedProductIds
  excludedCollectionIds
  tiers
  tags
  startsAt
  endsAt
  expirySeconds
}
    `, {"fragmentName":"EarningRuleParts"}) as unknown as TypedDocumentString<EarningRulePartsFragment, unknown>;
export const EarningPartsFragmentDoc = new TypedDocumentString(`
    fragment EarningParts on EarningSettings {
  returnWindowSeconds
  expirySeconds
  reminderSeconds
  tierMeasure
  tiersRevision
  tiers {
    name
    threshold
    multiplier
  }
  excludedProductIds
  excludedCollectionIds
}
    `, {"fragmentName":"EarningParts"}) as unknown as TypedDocumentString<EarningPartsFragment, unknown>;
export const SourcePartsFragmentDoc = new TypedDocumentString(`
    fragment SourceParts on OrderSource {
  id
  name
  kind
  path
  createCustomers
  customerPrefix
  orderPrefix
  createdAt
  previousSecretUntil
}
    `, {"fragmentName":"SourceParts"}) as unknown as TypedDocumentString<SourcePartsFragment, unknown>;
export const RepairBalancePartsFragmentDoc = new TypedDocumentString(`
    fragment RepairBalanceParts on RepairBalance {
  available
  held
  pending
  debt
  credits {
    amount
  }
}
    `, {"fragmentName":"RepairBalanceParts"}) as unknown as TypedDocumentString<RepairBalancePartsFragment, unknown>;
export const RulePartsFragmentDoc = new TypedDocumentString(`
    fragment RuleParts on RedemptionRule {
  id
  version
  name
  kind
  points
  discount {
    amount
  }
  percent
  minimumPoints
  maximumDiscount {
    amount
  }
  maximumPercent
  minimumCart {
    amount
  }
  cartMultiplier
  productIds
  collectionIds
  tiers
  tags
  startsAt
  endsAt
  priority
  minimumPayment {
    ...MinimumPaymentParts
  }
}
    fragment MinimumPaymentParts on MinimumPayment {
  kind
  fixed {
    amount
  }
  percent
}`, {"fragmentName":"RuleParts"}) as unknown as TypedDocumentString<RulePartsFragment, unknown>;
export const EndpointPartsFragmentDoc = new TypedDocumentString(`
    fragment EndpointParts on WebhookEndpoint {
  id
  url
  description
  events
  enabled
  disabledReason
  failingSince
  previousSecretUntil
  createdAt
}
    `, {"fragmentName":"EndpointParts"}) as unknown as TypedDocumentString<EndpointPartsFragment, unknown>;
export const DeliveryPartsFragmentDoc = new TypedDocumentString(`
    fragment DeliveryParts on WebhookDelivery {
  id
  messageId
  event
  body
  state
  attemptCount
  nextAttemptAt
  createdAt
  finishedAt
  attempts {
    at
    status
    error
    milliseconds
    answer
  }
}
    `, {"fragmentName":"DeliveryParts"}) as unknown as TypedDocumentString<DeliveryPartsFragment, unknown>;
export const WhatIfCountPartsFragmentDoc = new TypedDocumentString(`
    fragment WhatIfCountParts on WhatIfCount {
  expected
  least
  most
}
    `, {"fragmentName":"WhatIfCountParts"}) as unknown as TypedDocumentString<WhatIfCountPartsFragment, unknown>;
export const WhatIfAmountPartsFragmentDoc = new TypedDocumentString(`
    fragment WhatIfAmountParts on WhatIfAmount {
  expected {
    amount
  }
  least {
    amount
  }
  most {
    amount
  }
}
    `, {"fragmentName":"WhatIfAmountParts"}) as unknown as TypedDocumentString<WhatIfAmountPartsFragment, unknown>;
export const WhatIfSidePartsFragmentDoc = new TypedDocumentString(`
    fragment WhatIfSideParts on WhatIfSide {
  ableCarts
  usedCarts
  redemptions {
    ...WhatIfCountParts
  }
  discount {
    ...WhatIfAmountParts
  }
  averagePaid {
    amount
  }
  zeroOrders {
    ...WhatIfCountParts
  }
  refusals {
    code
    carts
  }
}
    fragment WhatIfCountParts on WhatIfCount {
  expected
  least
  most
}
fragment WhatIfAmountParts on WhatIfAmount {
  expected {
    amount
  }
  least {
    amount
  }
  most {
    amount
  }
}`, {"fragmentName":"WhatIfSideParts"}) as unknown as TypedDocumentString<WhatIfSidePartsFragment, unknown>;
export const WhatIfChangedPartsFragmentDoc = new TypedDocumentString(`
    fragment WhatIfChangedParts on WhatIfChanged {
  customers
  total {
    amount
  }
  largest {
    id
    externalId
    now {
      amount
    }
    draft {
      amount
    }
    difference {
      amount
    }
  }
}
    `, {"fragmentName":"WhatIfChangedParts"}) as unknown as TypedDocumentString<WhatIfChangedPartsFragment, unknown>;
export const AuditLogDocument = new TypedDocumentString(`
    query AuditLog($first: Int!, $after: String) {
  merchant {
    auditLog(first: $first, after: $after) {
      edges {
        node {
          id
          at
          actor {
            kind
            name
          }
          action
          target
          changes {
            field
            before
            after
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<AuditLogQuery, AuditLogQueryVariables>;
export const CheckoutDocument = new TypedDocumentString(`
    query Checkout {
  merchant {
    customCheckout {
      ...CheckoutSettings
      secretWebhookIds {
        id
        hint
        createdAt
        expiresAt
        lastUsedAt
      }
    }
  }
}
    fragment MinimumPaymentParts on MinimumPayment {
  kind
  fixed {
    amount
  }
  percent
}
fragment CheckoutSettings on CustomCheckout {
  enabled
  holdSeconds
  quoteSeconds
  refundGraceSeconds
  clawbackPolicy
  orderLinesRequired
  allowedOrigins
  minimumPayment {
    ...MinimumPaymentParts
  }
}`) as unknown as TypedDocumentString<CheckoutQuery, CheckoutQueryVariables>;
export const UpdateCheckoutDocument = new TypedDocumentString(`
    mutation UpdateCheckout($input: UpdateCustomCheckoutInput!) {
  updateCustomCheckout(input: $input) {
    customCheckout {
      ...CheckoutSettings
    }
    userErrors {
      code
      field
      message
    }
  }
}
    fragment MinimumPaymentParts on MinimumPayment {
  kind
  fixed {
    amount
  }
  percent
}
fragment CheckoutSettings on CustomCheckout {
  enabled
  holdSeconds
  quoteSeconds
  refundGraceSeconds
  clawbackPolicy
  orderLinesRequired
  allowedOrigins
  minimumPayment {
    ...MinimumPaymentParts
  }
}`) as unknown as TypedDocumentString<UpdateCheckoutMutation, UpdateCheckoutMutationVariables>;
export const RotateSecretDocument = new TypedDocumentString(`
    mutation RotateSecret($input: RotateSecretWebhookIdInput!) {
  rotateSecretWebhookId(input: $input) {
    secretWebhookId
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RotateSecretMutation, RotateSecretMutationVariables>;
export const CredentialsDocument = new TypedDocumentString(`
    query Credentials {
  merchant {
    credentials {
      id
      kind
      label
      hint
      publicValue
      live
      createdAt
      expiresAt
      revokedAt
      lastUsedAt
    }
    signingKeys {
      kid
      algorithm
      issuer
      createdAt
      revokedAt
    }
  }
}
    `) as unknown as TypedDocumentString<CredentialsQuery, CredentialsQueryVariables>;
export const CreateCredentialDocument = new TypedDocumentString(`
    mutation CreateCredential($input: CreateCredentialInput!) {
  createCredential(input: $input) {
    secret
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<CreateCredentialMutation, CreateCredentialMutationVariables>;
export const RevokeCredentialDocument = new TypedDocumentString(`
    mutation RevokeCredential($input: RevokeCredentialInput!) {
  revokeCredential(input: $input) {
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RevokeCredentialMutation, RevokeCredentialMutationVariables>;
export const RegisterSigningKeyDocument = new TypedDocumentString(`
    mutation RegisterSigningKey($input: RegisterSigningKeyInput!) {
  registerSigningKey(input: $input) {
    signingKey {
      kid
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RegisterSigningKeyMutation, RegisterSigningKeyMutationVariables>;
export const RevokeSigningKeyDocument = new TypedDocumentString(`
    mutation RevokeSigningKey($input: RevokeSigningKeyInput!) {
  revokeSigningKey(input: $input) {
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RevokeSigningKeyMutation, RevokeSigningKeyMutationVariables>;
export const CustomersDocument = new TypedDocumentString(`
    query Customers($search: String, $first: Int!, $after: String) {
  merchant {
    customers(search: $search, first: $first, after: $after) {
      edges {
        node {
          id
          externalId
          phone
          email
          tier
          createdAt
          points {
            available
            worth {
              amount
            }
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CustomersQuery, CustomersQueryVariables>;
export const CustomerDocument = new TypedDocumentString(`
    query Customer($id: ID!) {
  customer(by: {id: $id}) {
    ...CustomerParts
  }
  merchant {
    customCheckout {
      clawbackPolicy
    }
  }
}
    fragment CustomerParts on Customer {
  id
  externalId
  phone
  email
  tier
  tags
  birthday
  createdAt
  erasedAt
  mergedInto
  mergedFrom {
    id
    externalId
  }
  tierStanding {
    name
    multiplier
    tierMeasure
    counted
    missing
    next {
      name
    }
  }
  points {
    available
    held
    pending
    debt
    worth {
      amount
    }
    nextExpiry {
      points
      at
    }
  }
  storeCredit {
    available {
      amount
    }
    held {
      amount
    }
  }
}`) as unknown as TypedDocumentString<CustomerQuery, CustomerQueryVariables>;
export const CustomerLotsDocument = new TypedDocumentString(`
    query CustomerLots($id: ID!, $wallet: Wallet!, $usedUp: Boolean!, $after: String) {
  customer(by: {id: $id}) {
    id
    lots(first: 50, wallet: $wallet, usedUp: $usedUp, after: $after) {
      edges {
        node {
          number
          source
          reason
          amount
          pending
          available
          held
          spent
          expired
          clawedBack
          moved
          createdAt
          availableFrom
          expiresAt
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CustomerLotsQuery, CustomerLotsQueryVariables>;
export const CustomerJournalDocument = new TypedDocumentString(`
    query CustomerJournal($id: ID!, $wallet: Wallet!, $after: String) {
  customer(by: {id: $id}) {
    id
    history(first: 30, wallet: $wallet, after: $after) {
      edges {
        node {
          sequence
          kind
          source
          target
          points
          reason
          cartId
          orderId
          at
          availableAfter
          heldAfter
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CustomerJournalQuery, CustomerJournalQueryVariables>;
export const CustomerRedemptionsDocument = new TypedDocumentString(`
    query CustomerRedemptions($id: ID!, $after: String) {
  customer(by: {id: $id}) {
    id
    redemptions(first: 20, after: $after) {
      edges {
        node {
          id
          status
          cartId
          points
          credits {
            amount
          }
          discount {
            amount
          }
          capturedPoints
          capturedDiscount {
            amount
          }
          refundedPoints
          refundedCredits {
            amount
          }
          closeReason
          createdAt
          expiresAt
          closedAt
          rule {
            id
            name
            version
          }
          order {
            id
            total {
              amount
            }
            payable {
              amount
            }
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CustomerRedemptionsQuery, CustomerRedemptionsQueryVariables>;
export const RedemptionTraceDocument = new TypedDocumentString(`
    query RedemptionTrace($id: ID!) {
  redemption(id: $id) {
    id
    points
    discount {
      amount
    }
    payable {
      amount
    }
    rule {
      ...RuleParts
    }
    trace {
      cartTotal {
        amount
      }
      coveredTotal {
        amount
      }
      minimumPayment {
        amount
      }
      availablePoints
      maximumPoints
      fewerAsked
      limits {
        kind
        points
        discount {
          amount
        }
      }
      confirmed
    }
  }
}
    fragment MinimumPaymentParts on MinimumPayment {
  kind
  fixed {
    amount
  }
  percent
}
fragment RuleParts on RedemptionRule {
  id
  version
  name
  kind
  points
  discount {
    amount
  }
  percent
  minimumPoints
  maximumDiscount {
    amount
  }
  maximumPercent
  minimumCart {
    amount
  }
  cartMultiplier
  productIds
  collectionIds
  tiers
  tags
  startsAt
  endsAt
  priority
  minimumPayment {
    ...MinimumPaymentParts
  }
}`) as unknown as TypedDocumentString<RedemptionTraceQuery, RedemptionTraceQueryVariables>;
export const CustomerOrdersDocument = new TypedDocumentString(`
    query CustomerOrders($id: ID!, $after: String) {
  customer(by: {id: $id}) {
    id
    loyaltyOrders(first: 20, after: $after) {
      edges {
        node {
          id
          orderId
          status
          total {
            amount
          }
          paid {
            amount
          }
          refunded {
            amount
          }
          earnedPoints
          clawedBackPoints
          placedAt
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CustomerOrdersQuery, CustomerOrdersQueryVariables>;
export const ExportCustomerDocument = new TypedDocumentString(`
    query ExportCustomer($id: ID!, $after: String) {
  exportCustomer(customer: {id: $id}, after: $after) {
    document
    next
  }
}
    `) as unknown as TypedDocumentString<ExportCustomerQuery, ExportCustomerQueryVariables>;
export const AdjustPointsDocument = new TypedDocumentString(`
    mutation AdjustPoints($input: AdjustPointsInput!) {
  adjustPoints(input: $input) {
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<AdjustPointsMutation, AdjustPointsMutationVariables>;
export const ChangeCustomerDocument = new TypedDocumentString(`
    mutation ChangeCustomer($input: UpsertCustomerInput!) {
  upsertCustomer(input: $input) {
    customer {
      id
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ChangeCustomerMutation, ChangeCustomerMutationVariables>;
export const MergeCustomersDocument = new TypedDocumentString(`
    mutation MergeCustomers($input: MergeCustomersInput!) {
  mergeCustomers(input: $input) {
    customer {
      id
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<MergeCustomersMutation, MergeCustomersMutationVariables>;
export const EraseCustomerDocument = new TypedDocumentString(`
    mutation EraseCustomer($id: ID!) {
  eraseCustomer(input: {customer: {id: $id}}) {
    erased
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<EraseCustomerMutation, EraseCustomerMutationVariables>;
export const ReleaseHoldDocument = new TypedDocumentString(`
    mutation ReleaseHold($input: ReleaseRedemptionInput!) {
  releaseRedemption(input: $input) {
    redemption {
      id
      status
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ReleaseHoldMutation, ReleaseHoldMutationVariables>;
export const RefundPointsDocument = new TypedDocumentString(`
    mutation RefundPoints($input: RefundRedemptionInput!) {
  refundRedemption(input: $input) {
    redemption {
      id
      refundedPoints
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RefundPointsMutation, RefundPointsMutationVariables>;
export const EarningDocument = new TypedDocumentString(`
    query Earning {
  merchant {
    earning {
      ...EarningParts
    }
  }
}
    fragment EarningParts on EarningSettings {
  returnWindowSeconds
  expirySeconds
  reminderSeconds
  tierMeasure
  tiersRevision
  tiers {
    name
    threshold
    multiplier
  }
  excludedProductIds
  excludedCollectionIds
}`) as unknown as TypedDocumentString<EarningQuery, EarningQueryVariables>;
export const EarningRulesDocument = new TypedDocumentString(`
    query EarningRules($archived: Boolean!) {
  merchant {
    earning {
      rules(archived: $archived) {
        archivedAt
        editedAt
        rule {
          ...EarningRuleParts
        }
      }
    }
  }
}
    fragment EarningRuleParts on EarningRule {
  id
  version
  name
  kind
  points
  per {
    amount
  }
  tierMultiplied
  minimumOrder {
    amount
  }
  productIds
  collectionIds
  excludedProductIds
  excludedCollectionIds
  tiers
  tags
  startsAt
  endsAt
  expirySeconds
}`) as unknown as TypedDocumentString<EarningRulesQuery, EarningRulesQueryVariables>;
export const EarningRuleHistoryDocument = new TypedDocumentString(`
    query EarningRuleHistory {
  merchant {
    earning {
      rules(archived: true) {
        archivedAt
        editedAt
        rule {
          ...EarningRuleParts
        }
        versions {
          editedAt
          rule {
            ...EarningRuleParts
          }
        }
      }
    }
  }
}
    fragment EarningRuleParts on EarningRule {
  id
  version
  name
  kind
  points
  per {
    amount
  }
  tierMultiplied
  minimumOrder {
    amount
  }
  productIds
  collectionIds
  excludedProductIds
  excludedCollectionIds
  tiers
  tags
  startsAt
  endsAt
  expirySeconds
}`) as unknown as TypedDocumentString<EarningRuleHistoryQuery, EarningRuleHistoryQueryVariables>;
export const PreviewEarningRuleDocument = new TypedDocumentString(`
    query PreviewEarningRule($input: EarningRulePreviewInput!) {
  earningRulePreview(input: $input) {
    carts {
      total {
        amount
      }
      paid {
        amount
      }
      points
      livePoints
      worth {
        amount
      }
      givenBack
      offer {
        points
        refusal {
          code
        }
      }
      sentences {
        language
        text
      }
    }
    occasion {
      points
      livePoints
      wins
      winner {
        id
        name
      }
    }
    availableAt
    expiresAt
    tooGenerous
    overlaps {
      id
      name
    }
    neverEarns
    unknownTiers
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<PreviewEarningRuleQuery, PreviewEarningRuleQueryVariables>;
export const CreateEarningRuleDocument = new TypedDocumentString(`
    mutation CreateEarningRule($input: CreateEarningRuleInput!) {
  createEarningRule(input: $input) {
    rule {
      id
      version
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<CreateEarningRuleMutation, CreateEarningRuleMutationVariables>;
export const UpdateEarningRuleDocument = new TypedDocumentString(`
    mutation UpdateEarningRule($input: UpdateEarningRuleInput!) {
  updateEarningRule(input: $input) {
    rule {
      id
      version
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<UpdateEarningRuleMutation, UpdateEarningRuleMutationVariables>;
export const ArchiveEarningRuleDocument = new TypedDocumentString(`
    mutation ArchiveEarningRule($input: ArchiveEarningRuleInput!) {
  archiveEarningRule(input: $input) {
    rule {
      id
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ArchiveEarningRuleMutation, ArchiveEarningRuleMutationVariables>;
export const UpdateEarningDocument = new TypedDocumentString(`
    mutation UpdateEarning($input: UpdateEarningInput!) {
  updateEarning(input: $input) {
    earning {
      ...EarningParts
    }
    userErrors {
      code
      field
      message
    }
  }
}
    fragment EarningParts on EarningSettings {
  returnWindowSeconds
  expirySeconds
  reminderSeconds
  tierMeasure
  tiersRevision
  tiers {
    name
    threshold
    multiplier
  }
  excludedProductIds
  excludedCollectionIds
}`) as unknown as TypedDocumentString<UpdateEarningMutation, UpdateEarningMutationVariables>;
export const HomeDocument = new TypedDocumentString(`
    query Home {
  merchant {
    customCheckout {
      enabled
      secretWebhookIdLastUsedAt
      allowedOrigins
      minimumPayment {
        ...MinimumPaymentParts
      }
      secretWebhookIds {
        id
      }
      rules {
        rule {
          id
          name
        }
      }
    }
    staff {
      id
    }
  }
}
    fragment MinimumPaymentParts on MinimumPayment {
  kind
  fixed {
    amount
  }
  percent
}`) as unknown as TypedDocumentString<HomeQuery, HomeQueryVariables>;
export const IntegrationsDocument = new TypedDocumentString(`
    query Integrations {
  merchant {
    customCheckout {
      enabled
    }
    webhookEndpoints {
      id
      enabled
      failingSince
    }
    orderSources {
      id
    }
    dead: inbox(state: DEAD, first: 100) {
      edges {
        node {
          id
        }
      }
      pageInfo {
        hasNextPage
      }
    }
  }
}
    `) as unknown as TypedDocumentString<IntegrationsQuery, IntegrationsQueryVariables>;
export const RunLaunchCheckDocument = new TypedDocumentString(`
    mutation RunLaunchCheck($input: RunLaunchCheckInput!) {
  runLaunchCheck(input: $input) {
    report {
      ok
      passed
      warnings
      failed
      notConfigured
      finishedAt
      items {
        id
        title
        status
        advice
        setting
        evidence {
          sent
          expected
          came
          wrong
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<RunLaunchCheckMutation, RunLaunchCheckMutationVariables>;
export const MetricsDocument = new TypedDocumentString(`
    query Metrics($from: Date!, $to: Date!, $granularity: MetricGranularity!, $compare: Boolean!) {
  merchant {
    metrics(from: $from, to: $to, granularity: $granularity, compare: $compare) {
      from
      to
      previousFrom
      previousTo
      asOf
      metrics {
        id
        name
        definition
        unit
        value
        previousValue
        change
        points {
          from
          value
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<MetricsQuery, MetricsQueryVariables>;
export const MetricsCsvDocument = new TypedDocumentString(`
    query MetricsCsv($from: Date!, $to: Date!, $granularity: MetricGranularity!, $compare: Boolean!) {
  merchant {
    metrics(from: $from, to: $to, granularity: $granularity, compare: $compare) {
      csv
    }
  }
}
    `) as unknown as TypedDocumentString<MetricsCsvQuery, MetricsCsvQueryVariables>;
export const LiabilityDocument = new TypedDocumentString(`
    query Liability {
  merchant {
    liability {
      total
      worth {
        amount
      }
      neverExpiring
      byMonth {
        month
        points
        worth {
          amount
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<LiabilityQuery, LiabilityQueryVariables>;
export const OrderSourcesDocument = new TypedDocumentString(`
    query OrderSources {
  merchant {
    orderSources {
      ...SourceParts
    }
    dead: inbox(state: DEAD, first: 100) {
      edges {
        node {
          id
        }
      }
      pageInfo {
        hasNextPage
      }
    }
  }
}
    fragment SourceParts on OrderSource {
  id
  name
  kind
  path
  createCustomers
  customerPrefix
  orderPrefix
  createdAt
  previousSecretUntil
}`) as unknown as TypedDocumentString<OrderSourcesQuery, OrderSourcesQueryVariables>;
export const InboxDocument = new TypedDocumentString(`
    query Inbox($state: InboxState, $first: Int!, $after: String) {
  merchant {
    inbox(state: $state, first: $first, after: $after) {
      edges {
        node {
          id
          source {
            id
            name
            kind
          }
          deliveryId
          topic
          orderId
          state
          attempts
          receivedAt
          nextAttemptAt
          lastError
          headers {
            name
            value
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<InboxQuery, InboxQueryVariables>;
export const InboxBodyDocument = new TypedDocumentString(`
    query InboxBody($id: ID!) {
  merchant {
    inboxItem(id: $id) {
      id
      body
    }
  }
}
    `) as unknown as TypedDocumentString<InboxBodyQuery, InboxBodyQueryVariables>;
export const CreateSourceDocument = new TypedDocumentString(`
    mutation CreateSource($input: CreateOrderSourceInput!) {
  createOrderSource(input: $input) {
    orderSource {
      ...SourceParts
    }
    secret
    userErrors {
      code
      field
      message
    }
  }
}
    fragment SourceParts on OrderSource {
  id
  name
  kind
  path
  createCustomers
  customerPrefix
  orderPrefix
  createdAt
  previousSecretUntil
}`) as unknown as TypedDocumentString<CreateSourceMutation, CreateSourceMutationVariables>;
export const RotateSourceSecretDocument = new TypedDocumentString(`
    mutation RotateSourceSecret($input: RotateOrderSourceSecretInput!) {
  rotateOrderSourceSecret(input: $input) {
    secret
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RotateSourceSecretMutation, RotateSourceSecretMutationVariables>;
export const DeleteSourceDocument = new TypedDocumentString(`
    mutation DeleteSource($input: DeleteOrderSourceInput!) {
  deleteOrderSource(input: $input) {
    deletedId
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<DeleteSourceMutation, DeleteSourceMutationVariables>;
export const ReplayInboxDocument = new TypedDocumentString(`
    mutation ReplayInbox($input: ReplayInboxInput!) {
  replayInbox(input: $input) {
    count
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ReplayInboxMutation, ReplayInboxMutationVariables>;
export const DiscardInboxDocument = new TypedDocumentString(`
    mutation DiscardInbox($input: DiscardInboxInput!) {
  discardInbox(input: $input) {
    count
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<DiscardInboxMutation, DiscardInboxMutationVariables>;
export const ReconciliationDocument = new TypedDocumentString(`
    query Reconciliation($since: DateTime!, $kinds: [FindingKind!], $after: String) {
  reconciliation(since: $since, kinds: $kinds, first: 25, after: $after) {
    edges {
      node {
        id
        kind
        open
        sentence
        at
        customer {
          id
          externalId
        }
        orderId
        points
        credits {
          amount
        }
        amount {
          amount
        }
        repair
        pointsThere
        preview {
          refusal
          before {
            ...RepairBalanceParts
          }
          after {
            ...RepairBalanceParts
          }
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment RepairBalanceParts on RepairBalance {
  available
  held
  pending
  debt
  credits {
    amount
  }
}`) as unknown as TypedDocumentString<ReconciliationQuery, ReconciliationQueryVariables>;
export const RepairFindingDocument = new TypedDocumentString(`
    mutation RepairFinding($input: RepairFindingInput!) {
  repairFinding(input: $input) {
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RepairFindingMutation, RepairFindingMutationVariables>;
export const RulesDocument = new TypedDocumentString(`
    query Rules($archived: Boolean!) {
  merchant {
    customCheckout {
      enabled
      minimumPayment {
        ...MinimumPaymentParts
      }
      rules(archived: $archived) {
        archivedAt
        editedAt
        rule {
          ...RuleParts
        }
      }
    }
  }
}
    fragment MinimumPaymentParts on MinimumPayment {
  kind
  fixed {
    amount
  }
  percent
}
fragment RuleParts on RedemptionRule {
  id
  version
  name
  kind
  points
  discount {
    amount
  }
  percent
  minimumPoints
  maximumDiscount {
    amount
  }
  maximumPercent
  minimumCart {
    amount
  }
  cartMultiplier
  productIds
  collectionIds
  tiers
  tags
  startsAt
  endsAt
  priority
  minimumPayment {
    ...MinimumPaymentParts
  }
}`) as unknown as TypedDocumentString<RulesQuery, RulesQueryVariables>;
export const RuleHistoryDocument = new TypedDocumentString(`
    query RuleHistory {
  merchant {
    customCheckout {
      rules(archived: true) {
        archivedAt
        editedAt
        rule {
          ...RuleParts
        }
        versions {
          editedAt
          rule {
            ...RuleParts
          }
        }
      }
    }
  }
}
    fragment MinimumPaymentParts on MinimumPayment {
  kind
  fixed {
    amount
  }
  percent
}
fragment RuleParts on RedemptionRule {
  id
  version
  name
  kind
  points
  discount {
    amount
  }
  percent
  minimumPoints
  maximumDiscount {
    amount
  }
  maximumPercent
  minimumCart {
    amount
  }
  cartMultiplier
  productIds
  collectionIds
  tiers
  tags
  startsAt
  endsAt
  priority
  minimumPayment {
    ...MinimumPaymentParts
  }
}`) as unknown as TypedDocumentString<RuleHistoryQuery, RuleHistoryQueryVariables>;
export const PreviewRuleDocument = new TypedDocumentString(`
    query PreviewRule($input: RulePreviewInput!) {
  rulePreview(input: $input) {
    carts {
      total {
        amount
      }
      payable {
        amount
      }
      wins
      winner {
        id
        name
      }
      offer {
        eligible
        points
        discount {
          amount
        }
        limits {
          kind
        }
        refusal {
          code
        }
      }
      sentences {
        language
        text
      }
    }
    freeCart {
      amount
    }
    overlaps {
      id
      name
      priority
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<PreviewRuleQuery, PreviewRuleQueryVariables>;
export const CreateRuleDocument = new TypedDocumentString(`
    mutation CreateRule($input: CreateRedemptionRuleInput!) {
  createRedemptionRule(input: $input) {
    rule {
      id
      version
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<CreateRuleMutation, CreateRuleMutationVariables>;
export const UpdateRuleDocument = new TypedDocumentString(`
    mutation UpdateRule($input: UpdateRedemptionRuleInput!) {
  updateRedemptionRule(input: $input) {
    rule {
      id
      version
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<UpdateRuleMutation, UpdateRuleMutationVariables>;
export const ArchiveRuleDocument = new TypedDocumentString(`
    mutation ArchiveRule($input: ArchiveRedemptionRuleInput!) {
  archiveRedemptionRule(input: $input) {
    rule {
      id
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ArchiveRuleMutation, ArchiveRuleMutationVariables>;
export const ShellDocument = new TypedDocumentString(`
    query Shell {
  viewer {
    staff {
      id
      email
      name
      role
    }
    permissions
  }
  merchant {
    name
    currencyCode
    locale
    timeZone
  }
}
    `) as unknown as TypedDocumentString<ShellQuery, ShellQueryVariables>;
export const StaffDocument = new TypedDocumentString(`
    query Staff {
  merchant {
    staff {
      id
      email
      name
      role
      invited
      createdAt
      seenAt
      disabledAt
      lockedUntil
    }
  }
}
    `) as unknown as TypedDocumentString<StaffQuery, StaffQueryVariables>;
export const InviteStaffDocument = new TypedDocumentString(`
    mutation InviteStaff($input: InviteStaffInput!) {
  inviteStaff(input: $input) {
    path
    expiresAt
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<InviteStaffMutation, InviteStaffMutationVariables>;
export const ResetStaffDocument = new TypedDocumentString(`
    mutation ResetStaff($input: ResetStaffInput!) {
  resetStaff(input: $input) {
    path
    expiresAt
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ResetStaffMutation, ResetStaffMutationVariables>;
export const UpdateStaffDocument = new TypedDocumentString(`
    mutation UpdateStaff($input: UpdateStaffInput!) {
  updateStaff(input: $input) {
    staff {
      id
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<UpdateStaffMutation, UpdateStaffMutationVariables>;
export const WebhooksDocument = new TypedDocumentString(`
    query Webhooks {
  merchant {
    webhookEndpoints {
      ...EndpointParts
      latest: deliveries(first: 1) {
        edges {
          node {
            id
            state
            attemptCount
            createdAt
          }
        }
      }
    }
    webhookEventKinds {
      name
      description
    }
  }
}
    fragment EndpointParts on WebhookEndpoint {
  id
  url
  description
  events
  enabled
  disabledReason
  failingSince
  previousSecretUntil
  createdAt
}`) as unknown as TypedDocumentString<WebhooksQuery, WebhooksQueryVariables>;
export const EndpointDocument = new TypedDocumentString(`
    query Endpoint($id: ID!) {
  merchant {
    webhookEndpoint(id: $id) {
      ...EndpointParts
    }
    webhookEventKinds {
      name
      description
    }
  }
}
    fragment EndpointParts on WebhookEndpoint {
  id
  url
  description
  events
  enabled
  disabledReason
  failingSince
  previousSecretUntil
  createdAt
}`) as unknown as TypedDocumentString<EndpointQuery, EndpointQueryVariables>;
export const DeliveriesDocument = new TypedDocumentString(`
    query Deliveries($id: ID!, $state: WebhookDeliveryState, $first: Int!, $after: String) {
  merchant {
    webhookEndpoint(id: $id) {
      deliveries(first: $first, after: $after, state: $state) {
        edges {
          node {
            ...DeliveryParts
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
}
    fragment DeliveryParts on WebhookDelivery {
  id
  messageId
  event
  body
  state
  attemptCount
  nextAttemptAt
  createdAt
  finishedAt
  attempts {
    at
    status
    error
    milliseconds
    answer
  }
}`) as unknown as TypedDocumentString<DeliveriesQuery, DeliveriesQueryVariables>;
export const CreateEndpointDocument = new TypedDocumentString(`
    mutation CreateEndpoint($input: CreateWebhookEndpointInput!) {
  createWebhookEndpoint(input: $input) {
    endpoint {
      ...EndpointParts
    }
    secret
    userErrors {
      code
      field
      message
    }
  }
}
    fragment EndpointParts on WebhookEndpoint {
  id
  url
  description
  events
  enabled
  disabledReason
  failingSince
  previousSecretUntil
  createdAt
}`) as unknown as TypedDocumentString<CreateEndpointMutation, CreateEndpointMutationVariables>;
export const UpdateEndpointDocument = new TypedDocumentString(`
    mutation UpdateEndpoint($input: UpdateWebhookEndpointInput!) {
  updateWebhookEndpoint(input: $input) {
    endpoint {
      ...EndpointParts
    }
    userErrors {
      code
      field
      message
    }
  }
}
    fragment EndpointParts on WebhookEndpoint {
  id
  url
  description
  events
  enabled
  disabledReason
  failingSince
  previousSecretUntil
  createdAt
}`) as unknown as TypedDocumentString<UpdateEndpointMutation, UpdateEndpointMutationVariables>;
export const RotateEndpointSecretDocument = new TypedDocumentString(`
    mutation RotateEndpointSecret($input: RotateWebhookSecretInput!) {
  rotateWebhookSecret(input: $input) {
    secret
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RotateEndpointSecretMutation, RotateEndpointSecretMutationVariables>;
export const DeleteEndpointDocument = new TypedDocumentString(`
    mutation DeleteEndpoint($input: DeleteWebhookEndpointInput!) {
  deleteWebhookEndpoint(input: $input) {
    deletedId
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<DeleteEndpointMutation, DeleteEndpointMutationVariables>;
export const SendTestDocument = new TypedDocumentString(`
    mutation SendTest($input: SendTestEventInput!) {
  sendTestEvent(input: $input) {
    delivery {
      id
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<SendTestMutation, SendTestMutationVariables>;
export const ReplayDeliveryDocument = new TypedDocumentString(`
    mutation ReplayDelivery($input: ReplayWebhookDeliveryInput!) {
  replayWebhookDelivery(input: $input) {
    delivery {
      id
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ReplayDeliveryMutation, ReplayDeliveryMutationVariables>;
export const ReplayDeliveriesDocument = new TypedDocumentString(`
    mutation ReplayDeliveries($input: ReplayWebhookDeliveriesInput!) {
  replayWebhookDeliveries(input: $input) {
    count
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ReplayDeliveriesMutation, ReplayDeliveriesMutationVariables>;
export const WhatIfDocument = new TypedDocumentString(`
    subscription WhatIf($input: WhatIfInput!) {
  whatIf(input: $input) {
    done
    total
    waiting
    recordedSince
    userErrors {
      code
      field
      message
    }
    result {
      from
      to
      whole
      carts
      customers
      orders
      cartsWithoutLines
      takeUp
      recordedRedemptions
      recordedDiscount {
        amount
      }
      averageOrder {
        amount
      }
      now {
        ...WhatIfSideParts
      }
      draft {
        ...WhatIfSideParts
      }
      moreDiscount {
        amount
      }
      tiers {
        tier
        customers
        orders
        discountNow {
          ...WhatIfAmountParts
        }
        discountDraft {
          ...WhatIfAmountParts
        }
      }
      gainers {
        ...WhatIfChangedParts
      }
      losers {
        ...WhatIfChangedParts
      }
      definitions {
        id
        text
      }
    }
  }
}
    fragment WhatIfCountParts on WhatIfCount {
  expected
  least
  most
}
fragment WhatIfAmountParts on WhatIfAmount {
  expected {
    amount
  }
  least {
    amount
  }
  most {
    amount
  }
}
fragment WhatIfSideParts on WhatIfSide {
  ableCarts
  usedCarts
  redemptions {
    ...WhatIfCountParts
  }
  discount {
    ...WhatIfAmountParts
  }
  averagePaid {
    amount
  }
  zeroOrders {
    ...WhatIfCountParts
  }
  refusals {
    code
    carts
  }
}
fragment WhatIfChangedParts on WhatIfChanged {
  customers
  total {
    amount
  }
  largest {
    id
    externalId
    now {
      amount
    }
    draft {
      amount
    }
    difference {
      amount
    }
  }
}`) as unknown as TypedDocumentString<WhatIfSubscription, WhatIfSubscriptionVariables>;