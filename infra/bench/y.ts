import { benchEligibility } from './eligibility.ts'
import { startHouse } from './house.ts'
const house = await startHouse()
try { console.log(await benchEligibility(house)) } finally { await house.stop() }
