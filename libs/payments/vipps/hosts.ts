/** Where Vipps MobilePay takes real money. */
export const VIPPS_LIVE_URL = 'https://api.vipps.no'

/** Vipps MobilePay's own test environment. */
export const VIPPS_TEST_URL = 'https://apitest.vipps.no'

const LIVE_HOST = new URL(VIPPS_LIVE_URL).hostname

/** Whether a host name, with or without port, is the live one of Vipps MobilePay. */
export const isLiveVippsHost = (host: string) => host.toLowerCase().replace(/\.?(:\d+)?$/, '') === LIVE_HOST
