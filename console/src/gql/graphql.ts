/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
interface DocumentTypeDecoration<TResult, TVariables> { __apiType?: (variables: TVariables) => TResult }
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

/** A rule to make. */
export type CreateRedemptionRuleInput = {
  /** The rule. */
  rule: RedemptionRuleInput;
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

/** How to replace the Secret Webhook ID. */
export type RotateSecretWebhookIdInput = {
  /** How long the old one still works, 0 … 2592000; a day unless given. */
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