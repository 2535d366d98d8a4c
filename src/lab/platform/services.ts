import type { LabService } from '../lab-service.ts'

/** What answers in the lab besides Directors. */
export const platformServices: readonly LabService[] = []
