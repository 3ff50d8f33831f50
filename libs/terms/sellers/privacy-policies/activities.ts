import type { Activities } from '../../privacy/activity.ts'
import { smartgroupActivities } from './activities/smartgroup.ts'
import { smartiActivities } from './activities/smarti.ts'
import { smartorgActivities } from './activities/smartorg.ts'
import { smartphotoActivities } from './activities/smartphoto.ts'
import type { PolicyId } from './policies.ts'

const activities: Record<PolicyId, Activities> = {
  smartgroup: smartgroupActivities,
  smartphoto: smartphotoActivities,
  smarti: smartiActivities,
  smartorg: smartorgActivities,
}

/** What a company's policy says its data are used for, beside the policy: the hash of its edition is not over it. */
export const activitiesOf = (id: PolicyId): Activities => activities[id]
