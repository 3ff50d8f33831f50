/** What stays although its person was erased, each with why and for how long. Whatever stands anywhere else fails the test. */
export const KEPT: { place: RegExp; why: string }[] = [
  {
    place: /^orders sales_document\.buyer->/,
    why: 'bokføringsloven § 13 and bokføringsforskriften § 5-1-1 no. 4: a sales document names its buyer for five years after the year; read with accounts:read alone.',
  },
  {
    place: /^privacy data_hold\.why$/,
    why: 'GDPR Art. 5(2) and 17(3)(e): why staff held data, until a year after the hold ended.',
  },
]
export const isKept = ({ place }: { place: string }) => KEPT.some((each) => each.place.test(place))
