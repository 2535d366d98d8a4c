/** Names inside Cloud Foundry and the instance group that answers for each. */
export const cfAliases: Readonly<Record<string, string>> = {
  'bbs.service.cf.internal': 'diego-api',
  'blobstore.service.cf.internal': 'singleton-blobstore',
  'cloud-controller-ng.service.cf.internal': 'api',
  'credhub.service.cf.internal': 'credhub',
  'nats.service.cf.internal': 'nats',
  'policy-server.service.cf.internal': 'api',
  'silk-controller.service.cf.internal': 'diego-api',
  'sql-db.service.cf.internal': 'database',
  'uaa.service.cf.internal': 'uaa'
}
