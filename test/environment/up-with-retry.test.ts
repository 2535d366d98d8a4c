import { describe, expect, it } from 'vitest'
import { classifyFault } from '../../src/environment/up-with-retry.ts'

describe('what a failed up says', () => {
  it.each([
    'Post https://mbus:x@10.0.0.6:6868/agent: dial tcp 10.0.0.6:6868: i/o timeout',
    'Post "https://mbus:x@10.0.0.6:6868/agent": EOF',
    'Creating SOCKS5 dialer: get host key: dial tcp 34.1.2.3:22: i/o timeout',
    'get host key: dial tcp 34.1.2.3:22: connect: connection refused'
  ])('passes by itself: %s', text => {
    expect(classifyFault(`Create bosh director: ${text}\n`)).toBe('passing')
  })

  it.each([
    "googleapi: Error 403: Quota 'IN_USE_ADDRESSES' exceeded.  Limit: 8.0 in region europe-west1.",
    'ZONE_RESOURCE_POOL_EXHAUSTED: the zone does not have enough resources',
    'VcpuLimitExceeded: You have requested more vCPU capacity than your current limit',
    'Operation could not be completed as it results in exceeding approved Total Regional Cores quota.',
    'Quota exceeded for cores: Requested 8, but already used 16 of 20 cores'
  ])('finds no more of it the second time: %s', text => {
    expect(classifyFault(text)).toBe('exhausted')
    expect(classifyFault(`${text}\nTLS handshake timeout`)).toBe('exhausted')
  })

  it.each(['Error: Missing resource to override', "CPI error 'Bosh::Clouds::CloudError'", ''])(
    'is a fault of ours or of the IaaS, and is not tried again: %s',
    text => {
      expect(classifyFault(text)).toBe('other')
    }
  )
})
