// Generated from env/*.schema.json by ajv, so that reading a record costs no compilation: do not edit.
// After a change of a schema: npm run test:update
// @ts-nocheck
"use strict";
export const validateRecord = validate10;
const schema11 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"https://causeway.internal/environment.schema.json","title":"Environment record","description":"One environment: env/<name>.yml. Secrets never stand here, only the names of vars.","type":"object","additionalProperties":false,"required":["name","iaas","region","system_domain","versions","state","locks","publish"],"properties":{"name":{"description":"Name of the environment and of its file. Clean-up filters match substrings, so no name may be the prefix of another.","type":"string","pattern":"^[a-z][a-z0-9-]{1,18}[a-z0-9]$","examples":["play-fern"]},"iaas":{"description":"Where the machines stand. `lab` is the imitation cloud on this machine.","enum":["aws","gcp","azure","vsphere","openstack","lab"],"examples":["gcp"]},"region":{"description":"Region of the IaaS. For vsphere and lab, which have none, a word that tells people where the machines are.","type":"string","pattern":"^[A-Za-z0-9][A-Za-z0-9_-]*$","examples":["europe-west1"]},"system_domain":{"description":"Domain of Cloud Foundry's own routes: api.<system_domain>, login.<system_domain>.","type":"string","pattern":"^([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]([a-z0-9-]*[a-z0-9])?$","examples":["cf.play-fern.example.com"]},"versions":{"description":"Version set: env/versions/<set>.yml.","type":"string","pattern":"^[a-z0-9][a-z0-9.-]*$","examples":["last-cfcr"]},"director":{"description":"`bucc`: a Director with UAA, CredHub and Concourse beside it. `plain`: what bbl deploys by itself.","enum":["bucc","plain"],"default":"bucc"},"topology":{"description":"`control`: a Concourse outside the playground runs its pipelines. `self-hosted`: the playground's own Concourse does, and refuses to repave itself.","enum":["control","self-hosted"],"default":"control"},"protected":{"description":"Whether destroying the environment needs a second word: `causeway teardown NAME --protected NAME`, or in Concourse the var `confirm`.","type":"boolean","default":false},"concourse":{"description":"URL of the Concourse that runs the pipelines. A teardown refuses where it stands in the environment itself. @default unknown","type":"string","pattern":"^https?://\\S+$","examples":["https://ci.example.com"]},"bbl":{"description":"What bbl is given beyond the credentials of the IaaS. @default nothing","type":"object","additionalProperties":false,"properties":{"plan_patches":{"description":"Folders of plan-patches/, copied into bbl's state directory between plan and up, in this order. @default none","type":"array","uniqueItems":true,"items":{"description":"Name of one folder in plan-patches/.","type":"string","pattern":"^[a-z0-9][a-z0-9-]*$","examples":["larger-bucc-gcp"]},"default":[]},"variables":{"description":"Variables that bbl may have for this IaaS but does not need. A secret is the name of a var in two brackets, never a value. @default none","type":"object","propertyNames":{"pattern":"^BBL_[A-Z0-9_]+$"},"additionalProperties":{"description":"Text, as bbl wants it.","type":"string","pattern":"\\S","examples":["10.0.0.1"]},"default":{},"examples":[{"BBL_VSPHERE_INTERNAL_GW":"10.0.0.1"}]}},"default":{}},"network":{"description":"The network that apps and pods share.","type":"object","additionalProperties":false,"properties":{"kind":{"description":"`silk`: CFCR joins Cloud Foundry's SILK network. `flannel`: CFCR as upstream ships it, the baseline without a shared network.","enum":["silk","flannel"],"default":"silk"},"overlay":{"description":"Address range of all apps and pods. It must be apart from Kubernetes services, docker0 and the machines' own network.","type":"string","pattern":"^[0-9]{1,3}(\\.[0-9]{1,3}){3}/[0-9]{1,2}$","examples":["10.255.0.0/16"],"default":"10.255.0.0/16"},"subnet_prefix":{"description":"Prefix length of each machine's share of the overlay: 24 gives 253 pods or apps a machine.","type":"integer","minimum":8,"maximum":30,"default":24},"link":{"description":"How CFCR's workers learn of the overlay. `shared`: by the link `cf_network` that Cloud Foundry shares. `by-hand`: by `overlay` and `subnet_prefix`, for a Cloud Foundry that shares none.","enum":["shared","by-hand"],"default":"shared"}},"default":{}},"pod_ip":{"description":"How kubelet learns a pod's address. `rescope`: the CNI plugin adds the address in global scope. `nsenter-wrapper`: the wrapper of 2018 rewrites what kubelet asks.","enum":["rescope","nsenter-wrapper"],"default":"rescope"},"cf":{"description":"Cloud Foundry.","type":"object","additionalProperties":false,"properties":{"small":{"description":"One instance of each group, all in one zone; `scale` goes before it.","type":"boolean","default":false},"ops":{"description":"Further upstream ops files, by their path in the upstream repository, applied in this order before Causeway's own. @default none","type":"array","items":{"description":"Path of one ops file in the upstream repository.","type":"string","pattern":"^[A-Za-z0-9][A-Za-z0-9._/-]*\\.ya?ml$","examples":["operations/scale-to-one-az.yml"]},"default":[]},"vars":{"description":"Values for the vars of the manifest. A secret is the name of a var in two brackets, never a value. @default none","type":"object","propertyNames":{"pattern":"^[A-Za-z0-9_][A-Za-z0-9_./-]*$"},"additionalProperties":{"description":"Text, number or boolean, as the ops file wants it.","type":["string","number","boolean"]},"default":{},"examples":[{"network_name":"default"}]},"scale":{"description":"Instances by instance group, where they differ from Causeway's own. @default none","type":"object","propertyNames":{"pattern":"^[A-Za-z0-9][A-Za-z0-9_-]*$"},"additionalProperties":{"description":"Number of instances.","type":"integer","minimum":0,"maximum":100},"default":{},"examples":[{"diego-cell":2}]}},"default":{}},"cfcr":{"description":"Kubernetes by BOSH.","type":"object","additionalProperties":false,"properties":{"ops":{"description":"Further upstream ops files, by their path in the upstream repository, applied in this order before Causeway's own. @default none","type":"array","items":{"description":"Path of one ops file in the upstream repository.","type":"string","pattern":"^[A-Za-z0-9][A-Za-z0-9._/-]*\\.ya?ml$","examples":["manifests/ops-files/misc/single-master.yml"]},"default":[]},"vars":{"description":"Values for the vars of the manifest. A secret is the name of a var in two brackets, never a value. @default none","type":"object","propertyNames":{"pattern":"^[A-Za-z0-9_][A-Za-z0-9_./-]*$"},"additionalProperties":{"description":"Text, number or boolean, as the ops file wants it.","type":["string","number","boolean"]},"default":{},"examples":[{"project_id":"my-project"}]},"scale":{"description":"Instances by instance group, where they differ from Causeway's own. @default none","type":"object","propertyNames":{"pattern":"^[A-Za-z0-9][A-Za-z0-9_-]*$"},"additionalProperties":{"description":"Number of instances.","type":"integer","minimum":0,"maximum":100},"default":{},"examples":[{"worker":2}]}},"default":{}},"lease":{"description":"A claim on the environment is a lease: it runs out, so a lost worker does not hold a playground for ever.","type":"object","additionalProperties":false,"properties":{"ttl":{"description":"How long a claim is good, in Go's notation. Longer than the longest repave.","type":"string","pattern":"^([0-9]+(\\.[0-9]+)?(h|m|s))+$","examples":["6h","90m"],"default":"6h"},"grace":{"description":"How long after that before somebody else may take it.","type":"string","pattern":"^([0-9]+(\\.[0-9]+)?(h|m|s))+$","examples":["30m"],"default":"30m"}},"default":{}},"state":{"description":"Where the state of this environment is kept: one branch of one git repository.","type":"object","additionalProperties":false,"required":["uri","branch"],"properties":{"uri":{"description":"Git repository of the state. It holds what bbl can't recreate; keep it private.","type":"string","pattern":"^(https://|ssh://|file:///|[A-Za-z0-9._-]+@[A-Za-z0-9.-]+:)\\S+$","examples":["git@git.example.com:playgrounds/state.git","https://git.example.com/playgrounds.git"]},"branch":{"description":"Branch of this environment alone.","type":"string","pattern":"^[A-Za-z0-9][A-Za-z0-9._/-]*$","examples":["main"]},"private_key":{"description":"Name of the var, without its brackets, that holds the deploy key. Leave it out for a repository that needs no key. @default none","type":"string","pattern":"^[A-Za-z0-9_/-]+(\\.[A-Za-z0-9_-]+)?$","examples":["state-deploy-key"]},"identity":{"description":"Name of the var, without its brackets, that holds the age identity that decrypts the state, or several, one per line, while one takes the place of another.","type":"string","pattern":"^[A-Za-z0-9_/-]+(\\.[A-Za-z0-9_-]+)?$","examples":["state-identity"],"default":"state-identity"},"recipients":{"description":"Public age keys of further readers, people for instance; that of the identity is always one. @default none","type":"array","items":{"description":"A public key, as age-keygen prints it.","type":"string","pattern":"^age1[qpzry9x8gf2tvdw0s3jn54khce6mua7l]{58}$","examples":["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"]},"default":[]}}},"locks":{"description":"Where environments are claimed: locks in the layout of Concourse's pool resource.","type":"object","additionalProperties":false,"required":["uri"],"properties":{"uri":{"description":"Git repository of the locks, shared by all environments of a team.","type":"string","pattern":"^(https://|ssh://|file:///|[A-Za-z0-9._-]+@[A-Za-z0-9.-]+:)\\S+$","examples":["git@git.example.com:playgrounds/locks.git","https://git.example.com/playgrounds.git"]},"branch":{"description":"Branch of the locks.","type":"string","pattern":"^[A-Za-z0-9][A-Za-z0-9._/-]*$","examples":["main"],"default":"main"},"private_key":{"description":"Name of the var, without its brackets, that holds the deploy key. Leave it out for a repository that needs no key. @default none","type":"string","pattern":"^[A-Za-z0-9_/-]+(\\.[A-Za-z0-9_-]+)?$","examples":["state-deploy-key"]},"pool":{"description":"Folder of the pool: <pool>/unclaimed/<name>, <pool>/claimed/<name>.","type":"string","pattern":"^[A-Za-z0-9][A-Za-z0-9._-]*$","examples":["playgrounds"],"default":"playgrounds"}}},"publish":{"description":"Where pipelines and task programs are published, and where Concourse takes them from.","type":"object","additionalProperties":false,"required":["uri"],"properties":{"uri":{"description":"Git repository of what is published.","type":"string","pattern":"^(https://|ssh://|file:///|[A-Za-z0-9._-]+@[A-Za-z0-9.-]+:)\\S+$","examples":["git@git.example.com:playgrounds/causeway.git","https://git.example.com/playgrounds.git"]},"branch":{"description":"Branch that is overwritten at each publishing; it must hold nothing else.","type":"string","pattern":"^[A-Za-z0-9][A-Za-z0-9._/-]*$","examples":["main"],"default":"published"},"private_key":{"description":"Name of the var, without its brackets, that holds the deploy key. Leave it out for a repository that needs no key. @default none","type":"string","pattern":"^[A-Za-z0-9_/-]+(\\.[A-Za-z0-9_-]+)?$","examples":["state-deploy-key"]}}},"notify":{"description":"Who hears of a failure: mail addresses or chat channels. @default nobody","type":"array","items":{"description":"One mail address or channel.","type":"string","pattern":"^\\S+$","examples":["platform-team@example.com"]},"default":[]}}};
const func2 = Object.prototype.hasOwnProperty;
const pattern0 = new RegExp("^[a-z][a-z0-9-]{1,18}[a-z0-9]$", "u");
const pattern1 = new RegExp("^[A-Za-z0-9][A-Za-z0-9_-]*$", "u");
const pattern2 = new RegExp("^([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]([a-z0-9-]*[a-z0-9])?$", "u");
const pattern3 = new RegExp("^[a-z0-9][a-z0-9.-]*$", "u");
const pattern4 = new RegExp("^https?://\\S+$", "u");
const pattern5 = new RegExp("^[a-z0-9][a-z0-9-]*$", "u");
const pattern6 = new RegExp("^BBL_[A-Z0-9_]+$", "u");
const pattern7 = new RegExp("\\S", "u");
const pattern8 = new RegExp("^[0-9]{1,3}(\\.[0-9]{1,3}){3}/[0-9]{1,2}$", "u");
const pattern9 = new RegExp("^[A-Za-z0-9][A-Za-z0-9._/-]*\\.ya?ml$", "u");
const pattern10 = new RegExp("^[A-Za-z0-9_][A-Za-z0-9_./-]*$", "u");
const pattern15 = new RegExp("^([0-9]+(\\.[0-9]+)?(h|m|s))+$", "u");
const pattern17 = new RegExp("^(https://|ssh://|file:///|[A-Za-z0-9._-]+@[A-Za-z0-9.-]+:)\\S+$", "u");
const pattern18 = new RegExp("^[A-Za-z0-9][A-Za-z0-9._/-]*$", "u");
const pattern19 = new RegExp("^[A-Za-z0-9_/-]+(\\.[A-Za-z0-9_-]+)?$", "u");
const pattern21 = new RegExp("^age1[qpzry9x8gf2tvdw0s3jn54khce6mua7l]{58}$", "u");
const pattern25 = new RegExp("^[A-Za-z0-9][A-Za-z0-9._-]*$", "u");
const pattern29 = new RegExp("^\\S+$", "u");

function validate10(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="https://causeway.internal/environment.schema.json" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.director === undefined){
data.director = "bucc";
}
if(data.topology === undefined){
data.topology = "control";
}
if(data.protected === undefined){
data.protected = false;
}
if(data.bbl === undefined){
data.bbl = {};
}
if(data.network === undefined){
data.network = {};
}
if(data.pod_ip === undefined){
data.pod_ip = "rescope";
}
if(data.cf === undefined){
data.cf = {};
}
if(data.cfcr === undefined){
data.cfcr = {};
}
if(data.lease === undefined){
data.lease = {};
}
if(data.notify === undefined){
data.notify = [];
}
if(data.name === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'",schema:schema11.required,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.iaas === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "iaas"},message:"must have required property '"+"iaas"+"'",schema:schema11.required,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.region === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "region"},message:"must have required property '"+"region"+"'",schema:schema11.required,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.system_domain === undefined){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "system_domain"},message:"must have required property '"+"system_domain"+"'",schema:schema11.required,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data.versions === undefined){
const err4 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "versions"},message:"must have required property '"+"versions"+"'",schema:schema11.required,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(data.state === undefined){
const err5 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "state"},message:"must have required property '"+"state"+"'",schema:schema11.required,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data.locks === undefined){
const err6 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "locks"},message:"must have required property '"+"locks"+"'",schema:schema11.required,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(data.publish === undefined){
const err7 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "publish"},message:"must have required property '"+"publish"+"'",schema:schema11.required,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
for(const key0 in data){
if(!(func2.call(schema11.properties, key0))){
const err8 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.name !== undefined){
let data0 = data.name;
if(typeof data0 === "string"){
if(!pattern0.test(data0)){
const err9 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/pattern",keyword:"pattern",params:{pattern: "^[a-z][a-z0-9-]{1,18}[a-z0-9]$"},message:"must match pattern \""+"^[a-z][a-z0-9-]{1,18}[a-z0-9]$"+"\"",schema:"^[a-z][a-z0-9-]{1,18}[a-z0-9]$",parentSchema:schema11.properties.name,data:data0};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
else {
const err10 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.name.type,parentSchema:schema11.properties.name,data:data0};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.iaas !== undefined){
let data1 = data.iaas;
if(!((((((data1 === "aws") || (data1 === "gcp")) || (data1 === "azure")) || (data1 === "vsphere")) || (data1 === "openstack")) || (data1 === "lab"))){
const err11 = {instancePath:instancePath+"/iaas",schemaPath:"#/properties/iaas/enum",keyword:"enum",params:{allowedValues: schema11.properties.iaas.enum},message:"must be equal to one of the allowed values",schema:schema11.properties.iaas.enum,parentSchema:schema11.properties.iaas,data:data1};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.region !== undefined){
let data2 = data.region;
if(typeof data2 === "string"){
if(!pattern1.test(data2)){
const err12 = {instancePath:instancePath+"/region",schemaPath:"#/properties/region/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9][A-Za-z0-9_-]*$"},message:"must match pattern \""+"^[A-Za-z0-9][A-Za-z0-9_-]*$"+"\"",schema:"^[A-Za-z0-9][A-Za-z0-9_-]*$",parentSchema:schema11.properties.region,data:data2};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
else {
const err13 = {instancePath:instancePath+"/region",schemaPath:"#/properties/region/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.region.type,parentSchema:schema11.properties.region,data:data2};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.system_domain !== undefined){
let data3 = data.system_domain;
if(typeof data3 === "string"){
if(!pattern2.test(data3)){
const err14 = {instancePath:instancePath+"/system_domain",schemaPath:"#/properties/system_domain/pattern",keyword:"pattern",params:{pattern: "^([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]([a-z0-9-]*[a-z0-9])?$"},message:"must match pattern \""+"^([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]([a-z0-9-]*[a-z0-9])?$"+"\"",schema:"^([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]([a-z0-9-]*[a-z0-9])?$",parentSchema:schema11.properties.system_domain,data:data3};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
else {
const err15 = {instancePath:instancePath+"/system_domain",schemaPath:"#/properties/system_domain/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.system_domain.type,parentSchema:schema11.properties.system_domain,data:data3};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data.versions !== undefined){
let data4 = data.versions;
if(typeof data4 === "string"){
if(!pattern3.test(data4)){
const err16 = {instancePath:instancePath+"/versions",schemaPath:"#/properties/versions/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9][a-z0-9.-]*$"},message:"must match pattern \""+"^[a-z0-9][a-z0-9.-]*$"+"\"",schema:"^[a-z0-9][a-z0-9.-]*$",parentSchema:schema11.properties.versions,data:data4};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
else {
const err17 = {instancePath:instancePath+"/versions",schemaPath:"#/properties/versions/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.versions.type,parentSchema:schema11.properties.versions,data:data4};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
let data5 = data.director;
if(!((data5 === "bucc") || (data5 === "plain"))){
const err18 = {instancePath:instancePath+"/director",schemaPath:"#/properties/director/enum",keyword:"enum",params:{allowedValues: schema11.properties.director.enum},message:"must be equal to one of the allowed values",schema:schema11.properties.director.enum,parentSchema:schema11.properties.director,data:data5};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
let data6 = data.topology;
if(!((data6 === "control") || (data6 === "self-hosted"))){
const err19 = {instancePath:instancePath+"/topology",schemaPath:"#/properties/topology/enum",keyword:"enum",params:{allowedValues: schema11.properties.topology.enum},message:"must be equal to one of the allowed values",schema:schema11.properties.topology.enum,parentSchema:schema11.properties.topology,data:data6};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
let data7 = data.protected;
if(typeof data7 !== "boolean"){
const err20 = {instancePath:instancePath+"/protected",schemaPath:"#/properties/protected/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema11.properties.protected.type,parentSchema:schema11.properties.protected,data:data7};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
if(data.concourse !== undefined){
let data8 = data.concourse;
if(typeof data8 === "string"){
if(!pattern4.test(data8)){
const err21 = {instancePath:instancePath+"/concourse",schemaPath:"#/properties/concourse/pattern",keyword:"pattern",params:{pattern: "^https?://\\S+$"},message:"must match pattern \""+"^https?://\\S+$"+"\"",schema:"^https?://\\S+$",parentSchema:schema11.properties.concourse,data:data8};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
else {
const err22 = {instancePath:instancePath+"/concourse",schemaPath:"#/properties/concourse/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.concourse.type,parentSchema:schema11.properties.concourse,data:data8};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
let data9 = data.bbl;
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
if(data9.plan_patches === undefined){
data9.plan_patches = [];
}
if(data9.variables === undefined){
data9.variables = {};
}
for(const key1 in data9){
if(!((key1 === "plan_patches") || (key1 === "variables"))){
const err23 = {instancePath:instancePath+"/bbl",schemaPath:"#/properties/bbl/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema11.properties.bbl,data:data9};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
let data10 = data9.plan_patches;
if(Array.isArray(data10)){
const len0 = data10.length;
for(let i0=0; i0<len0; i0++){
let data11 = data10[i0];
if(typeof data11 === "string"){
if(!pattern5.test(data11)){
const err24 = {instancePath:instancePath+"/bbl/plan_patches/" + i0,schemaPath:"#/properties/bbl/properties/plan_patches/items/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9][a-z0-9-]*$"},message:"must match pattern \""+"^[a-z0-9][a-z0-9-]*$"+"\"",schema:"^[a-z0-9][a-z0-9-]*$",parentSchema:schema11.properties.bbl.properties.plan_patches.items,data:data11};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
else {
const err25 = {instancePath:instancePath+"/bbl/plan_patches/" + i0,schemaPath:"#/properties/bbl/properties/plan_patches/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.bbl.properties.plan_patches.items.type,parentSchema:schema11.properties.bbl.properties.plan_patches.items,data:data11};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
let i1 = data10.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data10[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
const err26 = {instancePath:instancePath+"/bbl/plan_patches",schemaPath:"#/properties/bbl/properties/plan_patches/uniqueItems",keyword:"uniqueItems",params:{i: i1, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i1+" are identical)",schema:true,parentSchema:schema11.properties.bbl.properties.plan_patches,data:data10};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
const err27 = {instancePath:instancePath+"/bbl/plan_patches",schemaPath:"#/properties/bbl/properties/plan_patches/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema11.properties.bbl.properties.plan_patches.type,parentSchema:schema11.properties.bbl.properties.plan_patches,data:data10};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
let data12 = data9.variables;
if(data12 && typeof data12 == "object" && !Array.isArray(data12)){
for(const key2 in data12){
const _errs26 = errors;
if(typeof key2 === "string"){
if(!pattern6.test(key2)){
const err28 = {instancePath:instancePath+"/bbl/variables",schemaPath:"#/properties/bbl/properties/variables/propertyNames/pattern",keyword:"pattern",params:{pattern: "^BBL_[A-Z0-9_]+$"},message:"must match pattern \""+"^BBL_[A-Z0-9_]+$"+"\"",schema:"^BBL_[A-Z0-9_]+$",parentSchema:schema11.properties.bbl.properties.variables.propertyNames,data:key2,propertyName:key2};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
var valid5 = _errs26 === errors;
if(!valid5){
const err29 = {instancePath:instancePath+"/bbl/variables",schemaPath:"#/properties/bbl/properties/variables/propertyNames",keyword:"propertyNames",params:{propertyName: key2},message:"property name must be valid",schema:schema11.properties.bbl.properties.variables.propertyNames,parentSchema:schema11.properties.bbl.properties.variables,data:data12};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
for(const key3 in data12){
let data13 = data12[key3];
if(typeof data13 === "string"){
if(!pattern7.test(data13)){
const err30 = {instancePath:instancePath+"/bbl/variables/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/bbl/properties/variables/additionalProperties/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\"",schema:"\\S",parentSchema:schema11.properties.bbl.properties.variables.additionalProperties,data:data13};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
else {
const err31 = {instancePath:instancePath+"/bbl/variables/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/bbl/properties/variables/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.bbl.properties.variables.additionalProperties.type,parentSchema:schema11.properties.bbl.properties.variables.additionalProperties,data:data13};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
}
else {
const err32 = {instancePath:instancePath+"/bbl/variables",schemaPath:"#/properties/bbl/properties/variables/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.bbl.properties.variables.type,parentSchema:schema11.properties.bbl.properties.variables,data:data12};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
else {
const err33 = {instancePath:instancePath+"/bbl",schemaPath:"#/properties/bbl/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.bbl.type,parentSchema:schema11.properties.bbl,data:data9};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
let data14 = data.network;
if(data14 && typeof data14 == "object" && !Array.isArray(data14)){
if(data14.kind === undefined){
data14.kind = "silk";
}
if(data14.overlay === undefined){
data14.overlay = "10.255.0.0/16";
}
if(data14.subnet_prefix === undefined){
data14.subnet_prefix = 24;
}
if(data14.link === undefined){
data14.link = "shared";
}
for(const key4 in data14){
if(!((((key4 === "kind") || (key4 === "overlay")) || (key4 === "subnet_prefix")) || (key4 === "link"))){
const err34 = {instancePath:instancePath+"/network",schemaPath:"#/properties/network/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties",schema:false,parentSchema:schema11.properties.network,data:data14};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
let data15 = data14.kind;
if(!((data15 === "silk") || (data15 === "flannel"))){
const err35 = {instancePath:instancePath+"/network/kind",schemaPath:"#/properties/network/properties/kind/enum",keyword:"enum",params:{allowedValues: schema11.properties.network.properties.kind.enum},message:"must be equal to one of the allowed values",schema:schema11.properties.network.properties.kind.enum,parentSchema:schema11.properties.network.properties.kind,data:data15};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
let data16 = data14.overlay;
if(typeof data16 === "string"){
if(!pattern8.test(data16)){
const err36 = {instancePath:instancePath+"/network/overlay",schemaPath:"#/properties/network/properties/overlay/pattern",keyword:"pattern",params:{pattern: "^[0-9]{1,3}(\\.[0-9]{1,3}){3}/[0-9]{1,2}$"},message:"must match pattern \""+"^[0-9]{1,3}(\\.[0-9]{1,3}){3}/[0-9]{1,2}$"+"\"",schema:"^[0-9]{1,3}(\\.[0-9]{1,3}){3}/[0-9]{1,2}$",parentSchema:schema11.properties.network.properties.overlay,data:data16};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
else {
const err37 = {instancePath:instancePath+"/network/overlay",schemaPath:"#/properties/network/properties/overlay/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.network.properties.overlay.type,parentSchema:schema11.properties.network.properties.overlay,data:data16};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
let data17 = data14.subnet_prefix;
if(!(((typeof data17 == "number") && (!(data17 % 1) && !isNaN(data17))) && (isFinite(data17)))){
const err38 = {instancePath:instancePath+"/network/subnet_prefix",schemaPath:"#/properties/network/properties/subnet_prefix/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema11.properties.network.properties.subnet_prefix.type,parentSchema:schema11.properties.network.properties.subnet_prefix,data:data17};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
if((typeof data17 == "number") && (isFinite(data17))){
if(data17 > 30 || isNaN(data17)){
const err39 = {instancePath:instancePath+"/network/subnet_prefix",schemaPath:"#/properties/network/properties/subnet_prefix/maximum",keyword:"maximum",params:{comparison: "<=", limit: 30},message:"must be <= 30",schema:30,parentSchema:schema11.properties.network.properties.subnet_prefix,data:data17};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
if(data17 < 8 || isNaN(data17)){
const err40 = {instancePath:instancePath+"/network/subnet_prefix",schemaPath:"#/properties/network/properties/subnet_prefix/minimum",keyword:"minimum",params:{comparison: ">=", limit: 8},message:"must be >= 8",schema:8,parentSchema:schema11.properties.network.properties.subnet_prefix,data:data17};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
let data18 = data14.link;
if(!((data18 === "shared") || (data18 === "by-hand"))){
const err41 = {instancePath:instancePath+"/network/link",schemaPath:"#/properties/network/properties/link/enum",keyword:"enum",params:{allowedValues: schema11.properties.network.properties.link.enum},message:"must be equal to one of the allowed values",schema:schema11.properties.network.properties.link.enum,parentSchema:schema11.properties.network.properties.link,data:data18};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
else {
const err42 = {instancePath:instancePath+"/network",schemaPath:"#/properties/network/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.network.type,parentSchema:schema11.properties.network,data:data14};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
let data19 = data.pod_ip;
if(!((data19 === "rescope") || (data19 === "nsenter-wrapper"))){
const err43 = {instancePath:instancePath+"/pod_ip",schemaPath:"#/properties/pod_ip/enum",keyword:"enum",params:{allowedValues: schema11.properties.pod_ip.enum},message:"must be equal to one of the allowed values",schema:schema11.properties.pod_ip.enum,parentSchema:schema11.properties.pod_ip,data:data19};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
let data20 = data.cf;
if(data20 && typeof data20 == "object" && !Array.isArray(data20)){
if(data20.small === undefined){
data20.small = false;
}
if(data20.ops === undefined){
data20.ops = [];
}
if(data20.vars === undefined){
data20.vars = {};
}
if(data20.scale === undefined){
data20.scale = {};
}
for(const key5 in data20){
if(!((((key5 === "small") || (key5 === "ops")) || (key5 === "vars")) || (key5 === "scale"))){
const err44 = {instancePath:instancePath+"/cf",schemaPath:"#/properties/cf/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties",schema:false,parentSchema:schema11.properties.cf,data:data20};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
let data21 = data20.small;
if(typeof data21 !== "boolean"){
const err45 = {instancePath:instancePath+"/cf/small",schemaPath:"#/properties/cf/properties/small/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema11.properties.cf.properties.small.type,parentSchema:schema11.properties.cf.properties.small,data:data21};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
let data22 = data20.ops;
if(Array.isArray(data22)){
const len1 = data22.length;
for(let i2=0; i2<len1; i2++){
let data23 = data22[i2];
if(typeof data23 === "string"){
if(!pattern9.test(data23)){
const err46 = {instancePath:instancePath+"/cf/ops/" + i2,schemaPath:"#/properties/cf/properties/ops/items/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9][A-Za-z0-9._/-]*\\.ya?ml$"},message:"must match pattern \""+"^[A-Za-z0-9][A-Za-z0-9._/-]*\\.ya?ml$"+"\"",schema:"^[A-Za-z0-9][A-Za-z0-9._/-]*\\.ya?ml$",parentSchema:schema11.properties.cf.properties.ops.items,data:data23};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
else {
const err47 = {instancePath:instancePath+"/cf/ops/" + i2,schemaPath:"#/properties/cf/properties/ops/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.cf.properties.ops.items.type,parentSchema:schema11.properties.cf.properties.ops.items,data:data23};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
}
else {
const err48 = {instancePath:instancePath+"/cf/ops",schemaPath:"#/properties/cf/properties/ops/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema11.properties.cf.properties.ops.type,parentSchema:schema11.properties.cf.properties.ops,data:data22};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
let data24 = data20.vars;
if(data24 && typeof data24 == "object" && !Array.isArray(data24)){
for(const key6 in data24){
const _errs51 = errors;
if(typeof key6 === "string"){
if(!pattern10.test(key6)){
const err49 = {instancePath:instancePath+"/cf/vars",schemaPath:"#/properties/cf/properties/vars/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9_][A-Za-z0-9_./-]*$"},message:"must match pattern \""+"^[A-Za-z0-9_][A-Za-z0-9_./-]*$"+"\"",schema:"^[A-Za-z0-9_][A-Za-z0-9_./-]*$",parentSchema:schema11.properties.cf.properties.vars.propertyNames,data:key6,propertyName:key6};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
}
var valid11 = _errs51 === errors;
if(!valid11){
const err50 = {instancePath:instancePath+"/cf/vars",schemaPath:"#/properties/cf/properties/vars/propertyNames",keyword:"propertyNames",params:{propertyName: key6},message:"property name must be valid",schema:schema11.properties.cf.properties.vars.propertyNames,parentSchema:schema11.properties.cf.properties.vars,data:data24};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
for(const key7 in data24){
let data25 = data24[key7];
if(((typeof data25 !== "string") && (!((typeof data25 == "number") && (isFinite(data25))))) && (typeof data25 !== "boolean")){
const err51 = {instancePath:instancePath+"/cf/vars/" + key7.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/cf/properties/vars/additionalProperties/type",keyword:"type",params:{type: schema11.properties.cf.properties.vars.additionalProperties.type},message:"must be string,number,boolean",schema:schema11.properties.cf.properties.vars.additionalProperties.type,parentSchema:schema11.properties.cf.properties.vars.additionalProperties,data:data25};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
}
}
else {
const err52 = {instancePath:instancePath+"/cf/vars",schemaPath:"#/properties/cf/properties/vars/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.cf.properties.vars.type,parentSchema:schema11.properties.cf.properties.vars,data:data24};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
let data26 = data20.scale;
if(data26 && typeof data26 == "object" && !Array.isArray(data26)){
for(const key8 in data26){
const _errs57 = errors;
if(typeof key8 === "string"){
if(!pattern1.test(key8)){
const err53 = {instancePath:instancePath+"/cf/scale",schemaPath:"#/properties/cf/properties/scale/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9][A-Za-z0-9_-]*$"},message:"must match pattern \""+"^[A-Za-z0-9][A-Za-z0-9_-]*$"+"\"",schema:"^[A-Za-z0-9][A-Za-z0-9_-]*$",parentSchema:schema11.properties.cf.properties.scale.propertyNames,data:key8,propertyName:key8};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
}
var valid13 = _errs57 === errors;
if(!valid13){
const err54 = {instancePath:instancePath+"/cf/scale",schemaPath:"#/properties/cf/properties/scale/propertyNames",keyword:"propertyNames",params:{propertyName: key8},message:"property name must be valid",schema:schema11.properties.cf.properties.scale.propertyNames,parentSchema:schema11.properties.cf.properties.scale,data:data26};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
}
for(const key9 in data26){
let data27 = data26[key9];
if(!(((typeof data27 == "number") && (!(data27 % 1) && !isNaN(data27))) && (isFinite(data27)))){
const err55 = {instancePath:instancePath+"/cf/scale/" + key9.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/cf/properties/scale/additionalProperties/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema11.properties.cf.properties.scale.additionalProperties.type,parentSchema:schema11.properties.cf.properties.scale.additionalProperties,data:data27};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
if((typeof data27 == "number") && (isFinite(data27))){
if(data27 > 100 || isNaN(data27)){
const err56 = {instancePath:instancePath+"/cf/scale/" + key9.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/cf/properties/scale/additionalProperties/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100},message:"must be <= 100",schema:100,parentSchema:schema11.properties.cf.properties.scale.additionalProperties,data:data27};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
if(data27 < 0 || isNaN(data27)){
const err57 = {instancePath:instancePath+"/cf/scale/" + key9.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/cf/properties/scale/additionalProperties/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema11.properties.cf.properties.scale.additionalProperties,data:data27};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
}
}
}
else {
const err58 = {instancePath:instancePath+"/cf/scale",schemaPath:"#/properties/cf/properties/scale/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.cf.properties.scale.type,parentSchema:schema11.properties.cf.properties.scale,data:data26};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
}
else {
const err59 = {instancePath:instancePath+"/cf",schemaPath:"#/properties/cf/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.cf.type,parentSchema:schema11.properties.cf,data:data20};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
let data28 = data.cfcr;
if(data28 && typeof data28 == "object" && !Array.isArray(data28)){
if(data28.ops === undefined){
data28.ops = [];
}
if(data28.vars === undefined){
data28.vars = {};
}
if(data28.scale === undefined){
data28.scale = {};
}
for(const key10 in data28){
if(!(((key10 === "ops") || (key10 === "vars")) || (key10 === "scale"))){
const err60 = {instancePath:instancePath+"/cfcr",schemaPath:"#/properties/cfcr/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key10},message:"must NOT have additional properties",schema:false,parentSchema:schema11.properties.cfcr,data:data28};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
}
let data29 = data28.ops;
if(Array.isArray(data29)){
const len2 = data29.length;
for(let i3=0; i3<len2; i3++){
let data30 = data29[i3];
if(typeof data30 === "string"){
if(!pattern9.test(data30)){
const err61 = {instancePath:instancePath+"/cfcr/ops/" + i3,schemaPath:"#/properties/cfcr/properties/ops/items/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9][A-Za-z0-9._/-]*\\.ya?ml$"},message:"must match pattern \""+"^[A-Za-z0-9][A-Za-z0-9._/-]*\\.ya?ml$"+"\"",schema:"^[A-Za-z0-9][A-Za-z0-9._/-]*\\.ya?ml$",parentSchema:schema11.properties.cfcr.properties.ops.items,data:data30};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
}
else {
const err62 = {instancePath:instancePath+"/cfcr/ops/" + i3,schemaPath:"#/properties/cfcr/properties/ops/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.cfcr.properties.ops.items.type,parentSchema:schema11.properties.cfcr.properties.ops.items,data:data30};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
}
}
else {
const err63 = {instancePath:instancePath+"/cfcr/ops",schemaPath:"#/properties/cfcr/properties/ops/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema11.properties.cfcr.properties.ops.type,parentSchema:schema11.properties.cfcr.properties.ops,data:data29};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
let data31 = data28.vars;
if(data31 && typeof data31 == "object" && !Array.isArray(data31)){
for(const key11 in data31){
const _errs70 = errors;
if(typeof key11 === "string"){
if(!pattern10.test(key11)){
const err64 = {instancePath:instancePath+"/cfcr/vars",schemaPath:"#/properties/cfcr/properties/vars/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9_][A-Za-z0-9_./-]*$"},message:"must match pattern \""+"^[A-Za-z0-9_][A-Za-z0-9_./-]*$"+"\"",schema:"^[A-Za-z0-9_][A-Za-z0-9_./-]*$",parentSchema:schema11.properties.cfcr.properties.vars.propertyNames,data:key11,propertyName:key11};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
}
var valid18 = _errs70 === errors;
if(!valid18){
const err65 = {instancePath:instancePath+"/cfcr/vars",schemaPath:"#/properties/cfcr/properties/vars/propertyNames",keyword:"propertyNames",params:{propertyName: key11},message:"property name must be valid",schema:schema11.properties.cfcr.properties.vars.propertyNames,parentSchema:schema11.properties.cfcr.properties.vars,data:data31};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
}
for(const key12 in data31){
let data32 = data31[key12];
if(((typeof data32 !== "string") && (!((typeof data32 == "number") && (isFinite(data32))))) && (typeof data32 !== "boolean")){
const err66 = {instancePath:instancePath+"/cfcr/vars/" + key12.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/cfcr/properties/vars/additionalProperties/type",keyword:"type",params:{type: schema11.properties.cfcr.properties.vars.additionalProperties.type},message:"must be string,number,boolean",schema:schema11.properties.cfcr.properties.vars.additionalProperties.type,parentSchema:schema11.properties.cfcr.properties.vars.additionalProperties,data:data32};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
}
}
else {
const err67 = {instancePath:instancePath+"/cfcr/vars",schemaPath:"#/properties/cfcr/properties/vars/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.cfcr.properties.vars.type,parentSchema:schema11.properties.cfcr.properties.vars,data:data31};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
let data33 = data28.scale;
if(data33 && typeof data33 == "object" && !Array.isArray(data33)){
for(const key13 in data33){
const _errs76 = errors;
if(typeof key13 === "string"){
if(!pattern1.test(key13)){
const err68 = {instancePath:instancePath+"/cfcr/scale",schemaPath:"#/properties/cfcr/properties/scale/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9][A-Za-z0-9_-]*$"},message:"must match pattern \""+"^[A-Za-z0-9][A-Za-z0-9_-]*$"+"\"",schema:"^[A-Za-z0-9][A-Za-z0-9_-]*$",parentSchema:schema11.properties.cfcr.properties.scale.propertyNames,data:key13,propertyName:key13};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
}
var valid20 = _errs76 === errors;
if(!valid20){
const err69 = {instancePath:instancePath+"/cfcr/scale",schemaPath:"#/properties/cfcr/properties/scale/propertyNames",keyword:"propertyNames",params:{propertyName: key13},message:"property name must be valid",schema:schema11.properties.cfcr.properties.scale.propertyNames,parentSchema:schema11.properties.cfcr.properties.scale,data:data33};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
}
for(const key14 in data33){
let data34 = data33[key14];
if(!(((typeof data34 == "number") && (!(data34 % 1) && !isNaN(data34))) && (isFinite(data34)))){
const err70 = {instancePath:instancePath+"/cfcr/scale/" + key14.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/cfcr/properties/scale/additionalProperties/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema11.properties.cfcr.properties.scale.additionalProperties.type,parentSchema:schema11.properties.cfcr.properties.scale.additionalProperties,data:data34};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
if((typeof data34 == "number") && (isFinite(data34))){
if(data34 > 100 || isNaN(data34)){
const err71 = {instancePath:instancePath+"/cfcr/scale/" + key14.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/cfcr/properties/scale/additionalProperties/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100},message:"must be <= 100",schema:100,parentSchema:schema11.properties.cfcr.properties.scale.additionalProperties,data:data34};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
if(data34 < 0 || isNaN(data34)){
const err72 = {instancePath:instancePath+"/cfcr/scale/" + key14.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/cfcr/properties/scale/additionalProperties/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema11.properties.cfcr.properties.scale.additionalProperties,data:data34};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
}
}
}
else {
const err73 = {instancePath:instancePath+"/cfcr/scale",schemaPath:"#/properties/cfcr/properties/scale/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.cfcr.properties.scale.type,parentSchema:schema11.properties.cfcr.properties.scale,data:data33};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
}
else {
const err74 = {instancePath:instancePath+"/cfcr",schemaPath:"#/properties/cfcr/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.cfcr.type,parentSchema:schema11.properties.cfcr,data:data28};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
let data35 = data.lease;
if(data35 && typeof data35 == "object" && !Array.isArray(data35)){
if(data35.ttl === undefined){
data35.ttl = "6h";
}
if(data35.grace === undefined){
data35.grace = "30m";
}
for(const key15 in data35){
if(!((key15 === "ttl") || (key15 === "grace"))){
const err75 = {instancePath:instancePath+"/lease",schemaPath:"#/properties/lease/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key15},message:"must NOT have additional properties",schema:false,parentSchema:schema11.properties.lease,data:data35};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
}
let data36 = data35.ttl;
if(typeof data36 === "string"){
if(!pattern15.test(data36)){
const err76 = {instancePath:instancePath+"/lease/ttl",schemaPath:"#/properties/lease/properties/ttl/pattern",keyword:"pattern",params:{pattern: "^([0-9]+(\\.[0-9]+)?(h|m|s))+$"},message:"must match pattern \""+"^([0-9]+(\\.[0-9]+)?(h|m|s))+$"+"\"",schema:"^([0-9]+(\\.[0-9]+)?(h|m|s))+$",parentSchema:schema11.properties.lease.properties.ttl,data:data36};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
}
else {
const err77 = {instancePath:instancePath+"/lease/ttl",schemaPath:"#/properties/lease/properties/ttl/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.lease.properties.ttl.type,parentSchema:schema11.properties.lease.properties.ttl,data:data36};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
let data37 = data35.grace;
if(typeof data37 === "string"){
if(!pattern15.test(data37)){
const err78 = {instancePath:instancePath+"/lease/grace",schemaPath:"#/properties/lease/properties/grace/pattern",keyword:"pattern",params:{pattern: "^([0-9]+(\\.[0-9]+)?(h|m|s))+$"},message:"must match pattern \""+"^([0-9]+(\\.[0-9]+)?(h|m|s))+$"+"\"",schema:"^([0-9]+(\\.[0-9]+)?(h|m|s))+$",parentSchema:schema11.properties.lease.properties.grace,data:data37};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
}
else {
const err79 = {instancePath:instancePath+"/lease/grace",schemaPath:"#/properties/lease/properties/grace/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.lease.properties.grace.type,parentSchema:schema11.properties.lease.properties.grace,data:data37};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
}
errors++;
}
}
else {
const err80 = {instancePath:instancePath+"/lease",schemaPath:"#/properties/lease/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.lease.type,parentSchema:schema11.properties.lease,data:data35};
if(vErrors === null){
vErrors = [err80];
}
else {
vErrors.push(err80);
}
errors++;
}
if(data.state !== undefined){
let data38 = data.state;
if(data38 && typeof data38 == "object" && !Array.isArray(data38)){
if(data38.identity === undefined){
data38.identity = "state-identity";
}
if(data38.recipients === undefined){
data38.recipients = [];
}
if(data38.uri === undefined){
const err81 = {instancePath:instancePath+"/state",schemaPath:"#/properties/state/required",keyword:"required",params:{missingProperty: "uri"},message:"must have required property '"+"uri"+"'",schema:schema11.properties.state.required,parentSchema:schema11.properties.state,data:data38};
if(vErrors === null){
vErrors = [err81];
}
else {
vErrors.push(err81);
}
errors++;
}
if(data38.branch === undefined){
const err82 = {instancePath:instancePath+"/state",schemaPath:"#/properties/state/required",keyword:"required",params:{missingProperty: "branch"},message:"must have required property '"+"branch"+"'",schema:schema11.properties.state.required,parentSchema:schema11.properties.state,data:data38};
if(vErrors === null){
vErrors = [err82];
}
else {
vErrors.push(err82);
}
errors++;
}
for(const key16 in data38){
if(!(((((key16 === "uri") || (key16 === "branch")) || (key16 === "private_key")) || (key16 === "identity")) || (key16 === "recipients"))){
const err83 = {instancePath:instancePath+"/state",schemaPath:"#/properties/state/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key16},message:"must NOT have additional properties",schema:false,parentSchema:schema11.properties.state,data:data38};
if(vErrors === null){
vErrors = [err83];
}
else {
vErrors.push(err83);
}
errors++;
}
}
if(data38.uri !== undefined){
let data39 = data38.uri;
if(typeof data39 === "string"){
if(!pattern17.test(data39)){
const err84 = {instancePath:instancePath+"/state/uri",schemaPath:"#/properties/state/properties/uri/pattern",keyword:"pattern",params:{pattern: "^(https://|ssh://|file:///|[A-Za-z0-9._-]+@[A-Za-z0-9.-]+:)\\S+$"},message:"must match pattern \""+"^(https://|ssh://|file:///|[A-Za-z0-9._-]+@[A-Za-z0-9.-]+:)\\S+$"+"\"",schema:"^(https://|ssh://|file:///|[A-Za-z0-9._-]+@[A-Za-z0-9.-]+:)\\S+$",parentSchema:schema11.properties.state.properties.uri,data:data39};
if(vErrors === null){
vErrors = [err84];
}
else {
vErrors.push(err84);
}
errors++;
}
}
else {
const err85 = {instancePath:instancePath+"/state/uri",schemaPath:"#/properties/state/properties/uri/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.state.properties.uri.type,parentSchema:schema11.properties.state.properties.uri,data:data39};
if(vErrors === null){
vErrors = [err85];
}
else {
vErrors.push(err85);
}
errors++;
}
}
if(data38.branch !== undefined){
let data40 = data38.branch;
if(typeof data40 === "string"){
if(!pattern18.test(data40)){
const err86 = {instancePath:instancePath+"/state/branch",schemaPath:"#/properties/state/properties/branch/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9][A-Za-z0-9._/-]*$"},message:"must match pattern \""+"^[A-Za-z0-9][A-Za-z0-9._/-]*$"+"\"",schema:"^[A-Za-z0-9][A-Za-z0-9._/-]*$",parentSchema:schema11.properties.state.properties.branch,data:data40};
if(vErrors === null){
vErrors = [err86];
}
else {
vErrors.push(err86);
}
errors++;
}
}
else {
const err87 = {instancePath:instancePath+"/state/branch",schemaPath:"#/properties/state/properties/branch/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.state.properties.branch.type,parentSchema:schema11.properties.state.properties.branch,data:data40};
if(vErrors === null){
vErrors = [err87];
}
else {
vErrors.push(err87);
}
errors++;
}
}
if(data38.private_key !== undefined){
let data41 = data38.private_key;
if(typeof data41 === "string"){
if(!pattern19.test(data41)){
const err88 = {instancePath:instancePath+"/state/private_key",schemaPath:"#/properties/state/properties/private_key/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9_/-]+(\\.[A-Za-z0-9_-]+)?$"},message:"must match pattern \""+"^[A-Za-z0-9_/-]+(\\.[A-Za-z0-9_-]+)?$"+"\"",schema:"^[A-Za-z0-9_/-]+(\\.[A-Za-z0-9_-]+)?$",parentSchema:schema11.properties.state.properties.private_key,data:data41};
if(vErrors === null){
vErrors = [err88];
}
else {
vErrors.push(err88);
}
errors++;
}
}
else {
const err89 = {instancePath:instancePath+"/state/private_key",schemaPath:"#/properties/state/properties/private_key/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.state.properties.private_key.type,parentSchema:schema11.properties.state.properties.private_key,data:data41};
if(vErrors === null){
vErrors = [err89];
}
else {
vErrors.push(err89);
}
errors++;
}
}
let data42 = data38.identity;
if(typeof data42 === "string"){
if(!pattern19.test(data42)){
const err90 = {instancePath:instancePath+"/state/identity",schemaPath:"#/properties/state/properties/identity/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9_/-]+(\\.[A-Za-z0-9_-]+)?$"},message:"must match pattern \""+"^[A-Za-z0-9_/-]+(\\.[A-Za-z0-9_-]+)?$"+"\"",schema:"^[A-Za-z0-9_/-]+(\\.[A-Za-z0-9_-]+)?$",parentSchema:schema11.properties.state.properties.identity,data:data42};
if(vErrors === null){
vErrors = [err90];
}
else {
vErrors.push(err90);
}
errors++;
}
}
else {
const err91 = {instancePath:instancePath+"/state/identity",schemaPath:"#/properties/state/properties/identity/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.state.properties.identity.type,parentSchema:schema11.properties.state.properties.identity,data:data42};
if(vErrors === null){
vErrors = [err91];
}
else {
vErrors.push(err91);
}
errors++;
}
let data43 = data38.recipients;
if(Array.isArray(data43)){
const len3 = data43.length;
for(let i4=0; i4<len3; i4++){
let data44 = data43[i4];
if(typeof data44 === "string"){
if(!pattern21.test(data44)){
const err92 = {instancePath:instancePath+"/state/recipients/" + i4,schemaPath:"#/properties/state/properties/recipients/items/pattern",keyword:"pattern",params:{pattern: "^age1[qpzry9x8gf2tvdw0s3jn54khce6mua7l]{58}$"},message:"must match pattern \""+"^age1[qpzry9x8gf2tvdw0s3jn54khce6mua7l]{58}$"+"\"",schema:"^age1[qpzry9x8gf2tvdw0s3jn54khce6mua7l]{58}$",parentSchema:schema11.properties.state.properties.recipients.items,data:data44};
if(vErrors === null){
vErrors = [err92];
}
else {
vErrors.push(err92);
}
errors++;
}
}
else {
const err93 = {instancePath:instancePath+"/state/recipients/" + i4,schemaPath:"#/properties/state/properties/recipients/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.state.properties.recipients.items.type,parentSchema:schema11.properties.state.properties.recipients.items,data:data44};
if(vErrors === null){
vErrors = [err93];
}
else {
vErrors.push(err93);
}
errors++;
}
}
}
else {
const err94 = {instancePath:instancePath+"/state/recipients",schemaPath:"#/properties/state/properties/recipients/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema11.properties.state.properties.recipients.type,parentSchema:schema11.properties.state.properties.recipients,data:data43};
if(vErrors === null){
vErrors = [err94];
}
else {
vErrors.push(err94);
}
errors++;
}
}
else {
const err95 = {instancePath:instancePath+"/state",schemaPath:"#/properties/state/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.state.type,parentSchema:schema11.properties.state,data:data38};
if(vErrors === null){
vErrors = [err95];
}
else {
vErrors.push(err95);
}
errors++;
}
}
if(data.locks !== undefined){
let data45 = data.locks;
if(data45 && typeof data45 == "object" && !Array.isArray(data45)){
if(data45.branch === undefined){
data45.branch = "main";
}
if(data45.pool === undefined){
data45.pool = "playgrounds";
}
if(data45.uri === undefined){
const err96 = {instancePath:instancePath+"/locks",schemaPath:"#/properties/locks/required",keyword:"required",params:{missingProperty: "uri"},message:"must have required property '"+"uri"+"'",schema:schema11.properties.locks.required,parentSchema:schema11.properties.locks,data:data45};
if(vErrors === null){
vErrors = [err96];
}
else {
vErrors.push(err96);
}
errors++;
}
for(const key17 in data45){
if(!((((key17 === "uri") || (key17 === "branch")) || (key17 === "private_key")) || (key17 === "pool"))){
const err97 = {instancePath:instancePath+"/locks",schemaPath:"#/properties/locks/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key17},message:"must NOT have additional properties",schema:false,parentSchema:schema11.properties.locks,data:data45};
if(vErrors === null){
vErrors = [err97];
}
else {
vErrors.push(err97);
}
errors++;
}
}
if(data45.uri !== undefined){
let data46 = data45.uri;
if(typeof data46 === "string"){
if(!pattern17.test(data46)){
const err98 = {instancePath:instancePath+"/locks/uri",schemaPath:"#/properties/locks/properties/uri/pattern",keyword:"pattern",params:{pattern: "^(https://|ssh://|file:///|[A-Za-z0-9._-]+@[A-Za-z0-9.-]+:)\\S+$"},message:"must match pattern \""+"^(https://|ssh://|file:///|[A-Za-z0-9._-]+@[A-Za-z0-9.-]+:)\\S+$"+"\"",schema:"^(https://|ssh://|file:///|[A-Za-z0-9._-]+@[A-Za-z0-9.-]+:)\\S+$",parentSchema:schema11.properties.locks.properties.uri,data:data46};
if(vErrors === null){
vErrors = [err98];
}
else {
vErrors.push(err98);
}
errors++;
}
}
else {
const err99 = {instancePath:instancePath+"/locks/uri",schemaPath:"#/properties/locks/properties/uri/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.locks.properties.uri.type,parentSchema:schema11.properties.locks.properties.uri,data:data46};
if(vErrors === null){
vErrors = [err99];
}
else {
vErrors.push(err99);
}
errors++;
}
}
let data47 = data45.branch;
if(typeof data47 === "string"){
if(!pattern18.test(data47)){
const err100 = {instancePath:instancePath+"/locks/branch",schemaPath:"#/properties/locks/properties/branch/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9][A-Za-z0-9._/-]*$"},message:"must match pattern \""+"^[A-Za-z0-9][A-Za-z0-9._/-]*$"+"\"",schema:"^[A-Za-z0-9][A-Za-z0-9._/-]*$",parentSchema:schema11.properties.locks.properties.branch,data:data47};
if(vErrors === null){
vErrors = [err100];
}
else {
vErrors.push(err100);
}
errors++;
}
}
else {
const err101 = {instancePath:instancePath+"/locks/branch",schemaPath:"#/properties/locks/properties/branch/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.locks.properties.branch.type,parentSchema:schema11.properties.locks.properties.branch,data:data47};
if(vErrors === null){
vErrors = [err101];
}
else {
vErrors.push(err101);
}
errors++;
}
if(data45.private_key !== undefined){
let data48 = data45.private_key;
if(typeof data48 === "string"){
if(!pattern19.test(data48)){
const err102 = {instancePath:instancePath+"/locks/private_key",schemaPath:"#/properties/locks/properties/private_key/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9_/-]+(\\.[A-Za-z0-9_-]+)?$"},message:"must match pattern \""+"^[A-Za-z0-9_/-]+(\\.[A-Za-z0-9_-]+)?$"+"\"",schema:"^[A-Za-z0-9_/-]+(\\.[A-Za-z0-9_-]+)?$",parentSchema:schema11.properties.locks.properties.private_key,data:data48};
if(vErrors === null){
vErrors = [err102];
}
else {
vErrors.push(err102);
}
errors++;
}
}
else {
const err103 = {instancePath:instancePath+"/locks/private_key",schemaPath:"#/properties/locks/properties/private_key/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.locks.properties.private_key.type,parentSchema:schema11.properties.locks.properties.private_key,data:data48};
if(vErrors === null){
vErrors = [err103];
}
else {
vErrors.push(err103);
}
errors++;
}
}
let data49 = data45.pool;
if(typeof data49 === "string"){
if(!pattern25.test(data49)){
const err104 = {instancePath:instancePath+"/locks/pool",schemaPath:"#/properties/locks/properties/pool/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9][A-Za-z0-9._-]*$"},message:"must match pattern \""+"^[A-Za-z0-9][A-Za-z0-9._-]*$"+"\"",schema:"^[A-Za-z0-9][A-Za-z0-9._-]*$",parentSchema:schema11.properties.locks.properties.pool,data:data49};
if(vErrors === null){
vErrors = [err104];
}
else {
vErrors.push(err104);
}
errors++;
}
}
else {
const err105 = {instancePath:instancePath+"/locks/pool",schemaPath:"#/properties/locks/properties/pool/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.locks.properties.pool.type,parentSchema:schema11.properties.locks.properties.pool,data:data49};
if(vErrors === null){
vErrors = [err105];
}
else {
vErrors.push(err105);
}
errors++;
}
}
else {
const err106 = {instancePath:instancePath+"/locks",schemaPath:"#/properties/locks/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.locks.type,parentSchema:schema11.properties.locks,data:data45};
if(vErrors === null){
vErrors = [err106];
}
else {
vErrors.push(err106);
}
errors++;
}
}
if(data.publish !== undefined){
let data50 = data.publish;
if(data50 && typeof data50 == "object" && !Array.isArray(data50)){
if(data50.branch === undefined){
data50.branch = "published";
}
if(data50.uri === undefined){
const err107 = {instancePath:instancePath+"/publish",schemaPath:"#/properties/publish/required",keyword:"required",params:{missingProperty: "uri"},message:"must have required property '"+"uri"+"'",schema:schema11.properties.publish.required,parentSchema:schema11.properties.publish,data:data50};
if(vErrors === null){
vErrors = [err107];
}
else {
vErrors.push(err107);
}
errors++;
}
for(const key18 in data50){
if(!(((key18 === "uri") || (key18 === "branch")) || (key18 === "private_key"))){
const err108 = {instancePath:instancePath+"/publish",schemaPath:"#/properties/publish/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key18},message:"must NOT have additional properties",schema:false,parentSchema:schema11.properties.publish,data:data50};
if(vErrors === null){
vErrors = [err108];
}
else {
vErrors.push(err108);
}
errors++;
}
}
if(data50.uri !== undefined){
let data51 = data50.uri;
if(typeof data51 === "string"){
if(!pattern17.test(data51)){
const err109 = {instancePath:instancePath+"/publish/uri",schemaPath:"#/properties/publish/properties/uri/pattern",keyword:"pattern",params:{pattern: "^(https://|ssh://|file:///|[A-Za-z0-9._-]+@[A-Za-z0-9.-]+:)\\S+$"},message:"must match pattern \""+"^(https://|ssh://|file:///|[A-Za-z0-9._-]+@[A-Za-z0-9.-]+:)\\S+$"+"\"",schema:"^(https://|ssh://|file:///|[A-Za-z0-9._-]+@[A-Za-z0-9.-]+:)\\S+$",parentSchema:schema11.properties.publish.properties.uri,data:data51};
if(vErrors === null){
vErrors = [err109];
}
else {
vErrors.push(err109);
}
errors++;
}
}
else {
const err110 = {instancePath:instancePath+"/publish/uri",schemaPath:"#/properties/publish/properties/uri/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.publish.properties.uri.type,parentSchema:schema11.properties.publish.properties.uri,data:data51};
if(vErrors === null){
vErrors = [err110];
}
else {
vErrors.push(err110);
}
errors++;
}
}
let data52 = data50.branch;
if(typeof data52 === "string"){
if(!pattern18.test(data52)){
const err111 = {instancePath:instancePath+"/publish/branch",schemaPath:"#/properties/publish/properties/branch/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9][A-Za-z0-9._/-]*$"},message:"must match pattern \""+"^[A-Za-z0-9][A-Za-z0-9._/-]*$"+"\"",schema:"^[A-Za-z0-9][A-Za-z0-9._/-]*$",parentSchema:schema11.properties.publish.properties.branch,data:data52};
if(vErrors === null){
vErrors = [err111];
}
else {
vErrors.push(err111);
}
errors++;
}
}
else {
const err112 = {instancePath:instancePath+"/publish/branch",schemaPath:"#/properties/publish/properties/branch/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.publish.properties.branch.type,parentSchema:schema11.properties.publish.properties.branch,data:data52};
if(vErrors === null){
vErrors = [err112];
}
else {
vErrors.push(err112);
}
errors++;
}
if(data50.private_key !== undefined){
let data53 = data50.private_key;
if(typeof data53 === "string"){
if(!pattern19.test(data53)){
const err113 = {instancePath:instancePath+"/publish/private_key",schemaPath:"#/properties/publish/properties/private_key/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9_/-]+(\\.[A-Za-z0-9_-]+)?$"},message:"must match pattern \""+"^[A-Za-z0-9_/-]+(\\.[A-Za-z0-9_-]+)?$"+"\"",schema:"^[A-Za-z0-9_/-]+(\\.[A-Za-z0-9_-]+)?$",parentSchema:schema11.properties.publish.properties.private_key,data:data53};
if(vErrors === null){
vErrors = [err113];
}
else {
vErrors.push(err113);
}
errors++;
}
}
else {
const err114 = {instancePath:instancePath+"/publish/private_key",schemaPath:"#/properties/publish/properties/private_key/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.publish.properties.private_key.type,parentSchema:schema11.properties.publish.properties.private_key,data:data53};
if(vErrors === null){
vErrors = [err114];
}
else {
vErrors.push(err114);
}
errors++;
}
}
}
else {
const err115 = {instancePath:instancePath+"/publish",schemaPath:"#/properties/publish/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.publish.type,parentSchema:schema11.properties.publish,data:data50};
if(vErrors === null){
vErrors = [err115];
}
else {
vErrors.push(err115);
}
errors++;
}
}
let data54 = data.notify;
if(Array.isArray(data54)){
const len4 = data54.length;
for(let i5=0; i5<len4; i5++){
let data55 = data54[i5];
if(typeof data55 === "string"){
if(!pattern29.test(data55)){
const err116 = {instancePath:instancePath+"/notify/" + i5,schemaPath:"#/properties/notify/items/pattern",keyword:"pattern",params:{pattern: "^\\S+$"},message:"must match pattern \""+"^\\S+$"+"\"",schema:"^\\S+$",parentSchema:schema11.properties.notify.items,data:data55};
if(vErrors === null){
vErrors = [err116];
}
else {
vErrors.push(err116);
}
errors++;
}
}
else {
const err117 = {instancePath:instancePath+"/notify/" + i5,schemaPath:"#/properties/notify/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.notify.items.type,parentSchema:schema11.properties.notify.items,data:data55};
if(vErrors === null){
vErrors = [err117];
}
else {
vErrors.push(err117);
}
errors++;
}
}
}
else {
const err118 = {instancePath:instancePath+"/notify",schemaPath:"#/properties/notify/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema11.properties.notify.type,parentSchema:schema11.properties.notify,data:data54};
if(vErrors === null){
vErrors = [err118];
}
else {
vErrors.push(err118);
}
errors++;
}
}
else {
const err119 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.type,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err119];
}
else {
vErrors.push(err119);
}
errors++;
}
validate10.errors = vErrors;
return errors === 0;
}

export const validateVersionSet = validate11;
const schema12 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"https://causeway.internal/version-set.schema.json","title":"Version set","description":"Versions that belong together: env/versions/<name>.yml. Versions are text, always in quotes.","type":"object","additionalProperties":false,"required":["name","doc","repositories","images"],"properties":{"name":{"description":"Name of the set and of its file.","type":"string","pattern":"^[a-z0-9][a-z0-9.-]*$","examples":["last-cfcr"]},"doc":{"description":"When and why these versions belong together, in a sentence.","type":"string","pattern":"\\S.{19,}","examples":["The last versions that were released for one another."]},"repositories":{"description":"Pinned upstream repositories.","type":"object","additionalProperties":false,"required":["bucc","cf-deployment","kubo-deployment","kubo-release","silk-release"],"properties":{"bucc":{"description":"BOSH, UAA, CredHub and Concourse on one machine.","type":"object","additionalProperties":false,"required":["version"],"properties":{"uri":{"description":"Git repository.","type":"string","pattern":"^(https://|ssh://|file:///|[A-Za-z0-9._-]+@[A-Za-z0-9.-]+:)\\S+$","default":"https://github.com/starkandwayne/bucc.git"},"version":{"description":"Tag, or the full commit where upstream has no tags. Always in quotes: 1.10 is not 1.1.","type":"string","pattern":"^\\S+$","examples":["v0.10.3"]}}},"cf-deployment":{"description":"Manifest and ops files of Cloud Foundry.","type":"object","additionalProperties":false,"required":["version"],"properties":{"uri":{"description":"Git repository.","type":"string","pattern":"^(https://|ssh://|file:///|[A-Za-z0-9._-]+@[A-Za-z0-9.-]+:)\\S+$","default":"https://github.com/cloudfoundry/cf-deployment.git"},"version":{"description":"Tag, or the full commit where upstream has no tags. Always in quotes: 1.10 is not 1.1.","type":"string","pattern":"^\\S+$","examples":["v13.5.0"]}}},"kubo-deployment":{"description":"Manifest and ops files of CFCR.","type":"object","additionalProperties":false,"required":["version"],"properties":{"uri":{"description":"Git repository.","type":"string","pattern":"^(https://|ssh://|file:///|[A-Za-z0-9._-]+@[A-Za-z0-9.-]+:)\\S+$","default":"https://github.com/cloudfoundry-incubator/kubo-deployment.git"},"version":{"description":"Tag, or the full commit where upstream has no tags. Always in quotes: 1.10 is not 1.1.","type":"string","pattern":"^\\S+$","examples":["v0.44.0"]}}},"kubo-release":{"description":"CFCR's own BOSH release, which is customized.","type":"object","additionalProperties":false,"required":["version"],"properties":{"uri":{"description":"Git repository.","type":"string","pattern":"^(https://|ssh://|file:///|[A-Za-z0-9._-]+@[A-Za-z0-9.-]+:)\\S+$","default":"https://github.com/cloudfoundry-incubator/kubo-release.git"},"version":{"description":"Tag, or the full commit where upstream has no tags. Always in quotes: 1.10 is not 1.1.","type":"string","pattern":"^\\S+$","examples":["v0.44.0"]}}},"silk-release":{"description":"SILK for the machines of CFCR; cf-deployment brings its own.","type":"object","additionalProperties":false,"required":["version"],"properties":{"uri":{"description":"Git repository.","type":"string","pattern":"^(https://|ssh://|file:///|[A-Za-z0-9._-]+@[A-Za-z0-9.-]+:)\\S+$","default":"https://github.com/cloudfoundry/silk-release.git"},"version":{"description":"Tag, or the full commit where upstream has no tags. Always in quotes: 1.10 is not 1.1.","type":"string","pattern":"^\\S+$","examples":["2.30.0"]}}}}},"programs":{"description":"Command line programs by name, and the version of each that goes with this set. @default none","type":"object","propertyNames":{"pattern":"^[a-z][a-z0-9-]*$"},"additionalProperties":{"description":"Version, in quotes.","type":"string","pattern":"^\\S+$","examples":["8.4.40"]},"default":{},"examples":[{"bbl":"8.4.40"}]},"terraform_providers":{"description":"Providers of bbl's terraform by name, and the version that each is pinned to; bbl itself takes the newest. @default none","type":"object","propertyNames":{"pattern":"^[a-z][a-z0-9-]*$"},"additionalProperties":{"description":"Version, in quotes.","type":"string","pattern":"^[0-9]+\\.[0-9]+\\.[0-9]+$","examples":["1.20.0"]},"default":{},"examples":[{"google":"1.20.0"}]},"images":{"description":"Images that Causeway itself builds.","type":"object","additionalProperties":false,"required":["toolbox","probe"],"properties":{"toolbox":{"description":"Where tasks run.","type":"object","additionalProperties":false,"required":["repository","tag"],"properties":{"repository":{"description":"Repository in the registry, without a tag.","type":"string","pattern":"^[a-z0-9][a-z0-9._:/-]*$","examples":["registry.example.com/causeway/toolbox"]},"tag":{"description":"Tag that never moves, so never `latest`.","type":"string","pattern":"^(?!latest$)[A-Za-z0-9_][A-Za-z0-9_.-]*$","examples":["0.1.0"]}}},"probe":{"description":"What answers in connectivity tests.","type":"object","additionalProperties":false,"required":["repository","tag"],"properties":{"repository":{"description":"Repository in the registry, without a tag.","type":"string","pattern":"^[a-z0-9][a-z0-9._:/-]*$","examples":["registry.example.com/causeway/probe"]},"tag":{"description":"Tag that never moves, so never `latest`.","type":"string","pattern":"^(?!latest$)[A-Za-z0-9_][A-Za-z0-9_.-]*$","examples":["0.1.0"]}}}}}}};
const pattern31 = new RegExp("\\S.{19,}", "u");
const pattern42 = new RegExp("^[a-z][a-z0-9-]*$", "u");
const pattern45 = new RegExp("^[0-9]+\\.[0-9]+\\.[0-9]+$", "u");
const pattern46 = new RegExp("^[a-z0-9][a-z0-9._:/-]*$", "u");
const pattern47 = new RegExp("^(?!latest$)[A-Za-z0-9_][A-Za-z0-9_.-]*$", "u");

function validate11(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="https://causeway.internal/version-set.schema.json" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.programs === undefined){
data.programs = {};
}
if(data.terraform_providers === undefined){
data.terraform_providers = {};
}
if(data.name === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'",schema:schema12.required,parentSchema:schema12,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.doc === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "doc"},message:"must have required property '"+"doc"+"'",schema:schema12.required,parentSchema:schema12,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.repositories === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "repositories"},message:"must have required property '"+"repositories"+"'",schema:schema12.required,parentSchema:schema12,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.images === undefined){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "images"},message:"must have required property '"+"images"+"'",schema:schema12.required,parentSchema:schema12,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
for(const key0 in data){
if(!((((((key0 === "name") || (key0 === "doc")) || (key0 === "repositories")) || (key0 === "programs")) || (key0 === "terraform_providers")) || (key0 === "images"))){
const err4 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema12,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.name !== undefined){
let data0 = data.name;
if(typeof data0 === "string"){
if(!pattern3.test(data0)){
const err5 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9][a-z0-9.-]*$"},message:"must match pattern \""+"^[a-z0-9][a-z0-9.-]*$"+"\"",schema:"^[a-z0-9][a-z0-9.-]*$",parentSchema:schema12.properties.name,data:data0};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.properties.name.type,parentSchema:schema12.properties.name,data:data0};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.doc !== undefined){
let data1 = data.doc;
if(typeof data1 === "string"){
if(!pattern31.test(data1)){
const err7 = {instancePath:instancePath+"/doc",schemaPath:"#/properties/doc/pattern",keyword:"pattern",params:{pattern: "\\S.{19,}"},message:"must match pattern \""+"\\S.{19,}"+"\"",schema:"\\S.{19,}",parentSchema:schema12.properties.doc,data:data1};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/doc",schemaPath:"#/properties/doc/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.properties.doc.type,parentSchema:schema12.properties.doc,data:data1};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.repositories !== undefined){
let data2 = data.repositories;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
if(data2.bucc === undefined){
const err9 = {instancePath:instancePath+"/repositories",schemaPath:"#/properties/repositories/required",keyword:"required",params:{missingProperty: "bucc"},message:"must have required property '"+"bucc"+"'",schema:schema12.properties.repositories.required,parentSchema:schema12.properties.repositories,data:data2};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(data2["cf-deployment"] === undefined){
const err10 = {instancePath:instancePath+"/repositories",schemaPath:"#/properties/repositories/required",keyword:"required",params:{missingProperty: "cf-deployment"},message:"must have required property '"+"cf-deployment"+"'",schema:schema12.properties.repositories.required,parentSchema:schema12.properties.repositories,data:data2};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(data2["kubo-deployment"] === undefined){
const err11 = {instancePath:instancePath+"/repositories",schemaPath:"#/properties/repositories/required",keyword:"required",params:{missingProperty: "kubo-deployment"},message:"must have required property '"+"kubo-deployment"+"'",schema:schema12.properties.repositories.required,parentSchema:schema12.properties.repositories,data:data2};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(data2["kubo-release"] === undefined){
const err12 = {instancePath:instancePath+"/repositories",schemaPath:"#/properties/repositories/required",keyword:"required",params:{missingProperty: "kubo-release"},message:"must have required property '"+"kubo-release"+"'",schema:schema12.properties.repositories.required,parentSchema:schema12.properties.repositories,data:data2};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if(data2["silk-release"] === undefined){
const err13 = {instancePath:instancePath+"/repositories",schemaPath:"#/properties/repositories/required",keyword:"required",params:{missingProperty: "silk-release"},message:"must have required property '"+"silk-release"+"'",schema:schema12.properties.repositories.required,parentSchema:schema12.properties.repositories,data:data2};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
for(const key1 in data2){
if(!(((((key1 === "bucc") || (key1 === "cf-deployment")) || (key1 === "kubo-deployment")) || (key1 === "kubo-release")) || (key1 === "silk-release"))){
const err14 = {instancePath:instancePath+"/repositories",schemaPath:"#/properties/repositories/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema12.properties.repositories,data:data2};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data2.bucc !== undefined){
let data3 = data2.bucc;
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
if(data3.uri === undefined){
data3.uri = "https://github.com/starkandwayne/bucc.git";
}
if(data3.version === undefined){
const err15 = {instancePath:instancePath+"/repositories/bucc",schemaPath:"#/properties/repositories/properties/bucc/required",keyword:"required",params:{missingProperty: "version"},message:"must have required property '"+"version"+"'",schema:schema12.properties.repositories.properties.bucc.required,parentSchema:schema12.properties.repositories.properties.bucc,data:data3};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
for(const key2 in data3){
if(!((key2 === "uri") || (key2 === "version"))){
const err16 = {instancePath:instancePath+"/repositories/bucc",schemaPath:"#/properties/repositories/properties/bucc/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema12.properties.repositories.properties.bucc,data:data3};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
let data4 = data3.uri;
if(typeof data4 === "string"){
if(!pattern17.test(data4)){
const err17 = {instancePath:instancePath+"/repositories/bucc/uri",schemaPath:"#/properties/repositories/properties/bucc/properties/uri/pattern",keyword:"pattern",params:{pattern: "^(https://|ssh://|file:///|[A-Za-z0-9._-]+@[A-Za-z0-9.-]+:)\\S+$"},message:"must match pattern \""+"^(https://|ssh://|file:///|[A-Za-z0-9._-]+@[A-Za-z0-9.-]+:)\\S+$"+"\"",schema:"^(https://|ssh://|file:///|[A-Za-z0-9._-]+@[A-Za-z0-9.-]+:)\\S+$",parentSchema:schema12.properties.repositories.properties.bucc.properties.uri,data:data4};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
else {
const err18 = {instancePath:instancePath+"/repositories/bucc/uri",schemaPath:"#/properties/repositories/properties/bucc/properties/uri/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.properties.repositories.properties.bucc.properties.uri.type,parentSchema:schema12.properties.repositories.properties.bucc.properties.uri,data:data4};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
if(data3.version !== undefined){
let data5 = data3.version;
if(typeof data5 === "string"){
if(!pattern29.test(data5)){
const err19 = {instancePath:instancePath+"/repositories/bucc/version",schemaPath:"#/properties/repositories/properties/bucc/properties/version/pattern",keyword:"pattern",params:{pattern: "^\\S+$"},message:"must match pattern \""+"^\\S+$"+"\"",schema:"^\\S+$",parentSchema:schema12.properties.repositories.properties.bucc.properties.version,data:data5};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
else {
const err20 = {instancePath:instancePath+"/repositories/bucc/version",schemaPath:"#/properties/repositories/properties/bucc/properties/version/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.properties.repositories.properties.bucc.properties.version.type,parentSchema:schema12.properties.repositories.properties.bucc.properties.version,data:data5};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
}
else {
const err21 = {instancePath:instancePath+"/repositories/bucc",schemaPath:"#/properties/repositories/properties/bucc/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema12.properties.repositories.properties.bucc.type,parentSchema:schema12.properties.repositories.properties.bucc,data:data3};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data2["cf-deployment"] !== undefined){
let data6 = data2["cf-deployment"];
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
if(data6.uri === undefined){
data6.uri = "https://github.com/cloudfoundry/cf-deployment.git";
}
if(data6.version === undefined){
const err22 = {instancePath:instancePath+"/repositories/cf-deployment",schemaPath:"#/properties/repositories/properties/cf-deployment/required",keyword:"required",params:{missingProperty: "version"},message:"must have required property '"+"version"+"'",schema:schema12.properties.repositories.properties["cf-deployment"].required,parentSchema:schema12.properties.repositories.properties["cf-deployment"],data:data6};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
for(const key3 in data6){
if(!((key3 === "uri") || (key3 === "version"))){
const err23 = {instancePath:instancePath+"/repositories/cf-deployment",schemaPath:"#/properties/repositories/properties/cf-deployment/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties",schema:false,parentSchema:schema12.properties.repositories.properties["cf-deployment"],data:data6};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
let data7 = data6.uri;
if(typeof data7 === "string"){
if(!pattern17.test(data7)){
const err24 = {instancePath:instancePath+"/repositories/cf-deployment/uri",schemaPath:"#/properties/repositories/properties/cf-deployment/properties/uri/pattern",keyword:"pattern",params:{pattern: "^(https://|ssh://|file:///|[A-Za-z0-9._-]+@[A-Za-z0-9.-]+:)\\S+$"},message:"must match pattern \""+"^(https://|ssh://|file:///|[A-Za-z0-9._-]+@[A-Za-z0-9.-]+:)\\S+$"+"\"",schema:"^(https://|ssh://|file:///|[A-Za-z0-9._-]+@[A-Za-z0-9.-]+:)\\S+$",parentSchema:schema12.properties.repositories.properties["cf-deployment"].properties.uri,data:data7};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
else {
const err25 = {instancePath:instancePath+"/repositories/cf-deployment/uri",schemaPath:"#/properties/repositories/properties/cf-deployment/properties/uri/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.properties.repositories.properties["cf-deployment"].properties.uri.type,parentSchema:schema12.properties.repositories.properties["cf-deployment"].properties.uri,data:data7};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
if(data6.version !== undefined){
let data8 = data6.version;
if(typeof data8 === "string"){
if(!pattern29.test(data8)){
const err26 = {instancePath:instancePath+"/repositories/cf-deployment/version",schemaPath:"#/properties/repositories/properties/cf-deployment/properties/version/pattern",keyword:"pattern",params:{pattern: "^\\S+$"},message:"must match pattern \""+"^\\S+$"+"\"",schema:"^\\S+$",parentSchema:schema12.properties.repositories.properties["cf-deployment"].properties.version,data:data8};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
else {
const err27 = {instancePath:instancePath+"/repositories/cf-deployment/version",schemaPath:"#/properties/repositories/properties/cf-deployment/properties/version/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.properties.repositories.properties["cf-deployment"].properties.version.type,parentSchema:schema12.properties.repositories.properties["cf-deployment"].properties.version,data:data8};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
}
else {
const err28 = {instancePath:instancePath+"/repositories/cf-deployment",schemaPath:"#/properties/repositories/properties/cf-deployment/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema12.properties.repositories.properties["cf-deployment"].type,parentSchema:schema12.properties.repositories.properties["cf-deployment"],data:data6};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
if(data2["kubo-deployment"] !== undefined){
let data9 = data2["kubo-deployment"];
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
if(data9.uri === undefined){
data9.uri = "https://github.com/cloudfoundry-incubator/kubo-deployment.git";
}
if(data9.version === undefined){
const err29 = {instancePath:instancePath+"/repositories/kubo-deployment",schemaPath:"#/properties/repositories/properties/kubo-deployment/required",keyword:"required",params:{missingProperty: "version"},message:"must have required property '"+"version"+"'",schema:schema12.properties.repositories.properties["kubo-deployment"].required,parentSchema:schema12.properties.repositories.properties["kubo-deployment"],data:data9};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
for(const key4 in data9){
if(!((key4 === "uri") || (key4 === "version"))){
const err30 = {instancePath:instancePath+"/repositories/kubo-deployment",schemaPath:"#/properties/repositories/properties/kubo-deployment/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties",schema:false,parentSchema:schema12.properties.repositories.properties["kubo-deployment"],data:data9};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
let data10 = data9.uri;
if(typeof data10 === "string"){
if(!pattern17.test(data10)){
const err31 = {instancePath:instancePath+"/repositories/kubo-deployment/uri",schemaPath:"#/properties/repositories/properties/kubo-deployment/properties/uri/pattern",keyword:"pattern",params:{pattern: "^(https://|ssh://|file:///|[A-Za-z0-9._-]+@[A-Za-z0-9.-]+:)\\S+$"},message:"must match pattern \""+"^(https://|ssh://|file:///|[A-Za-z0-9._-]+@[A-Za-z0-9.-]+:)\\S+$"+"\"",schema:"^(https://|ssh://|file:///|[A-Za-z0-9._-]+@[A-Za-z0-9.-]+:)\\S+$",parentSchema:schema12.properties.repositories.properties["kubo-deployment"].properties.uri,data:data10};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
else {
const err32 = {instancePath:instancePath+"/repositories/kubo-deployment/uri",schemaPath:"#/properties/repositories/properties/kubo-deployment/properties/uri/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.properties.repositories.properties["kubo-deployment"].properties.uri.type,parentSchema:schema12.properties.repositories.properties["kubo-deployment"].properties.uri,data:data10};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
if(data9.version !== undefined){
let data11 = data9.version;
if(typeof data11 === "string"){
if(!pattern29.test(data11)){
const err33 = {instancePath:instancePath+"/repositories/kubo-deployment/version",schemaPath:"#/properties/repositories/properties/kubo-deployment/properties/version/pattern",keyword:"pattern",params:{pattern: "^\\S+$"},message:"must match pattern \""+"^\\S+$"+"\"",schema:"^\\S+$",parentSchema:schema12.properties.repositories.properties["kubo-deployment"].properties.version,data:data11};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
else {
const err34 = {instancePath:instancePath+"/repositories/kubo-deployment/version",schemaPath:"#/properties/repositories/properties/kubo-deployment/properties/version/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.properties.repositories.properties["kubo-deployment"].properties.version.type,parentSchema:schema12.properties.repositories.properties["kubo-deployment"].properties.version,data:data11};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
}
else {
const err35 = {instancePath:instancePath+"/repositories/kubo-deployment",schemaPath:"#/properties/repositories/properties/kubo-deployment/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema12.properties.repositories.properties["kubo-deployment"].type,parentSchema:schema12.properties.repositories.properties["kubo-deployment"],data:data9};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
if(data2["kubo-release"] !== undefined){
let data12 = data2["kubo-release"];
if(data12 && typeof data12 == "object" && !Array.isArray(data12)){
if(data12.uri === undefined){
data12.uri = "https://github.com/cloudfoundry-incubator/kubo-release.git";
}
if(data12.version === undefined){
const err36 = {instancePath:instancePath+"/repositories/kubo-release",schemaPath:"#/properties/repositories/properties/kubo-release/required",keyword:"required",params:{missingProperty: "version"},message:"must have required property '"+"version"+"'",schema:schema12.properties.repositories.properties["kubo-release"].required,parentSchema:schema12.properties.repositories.properties["kubo-release"],data:data12};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
for(const key5 in data12){
if(!((key5 === "uri") || (key5 === "version"))){
const err37 = {instancePath:instancePath+"/repositories/kubo-release",schemaPath:"#/properties/repositories/properties/kubo-release/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties",schema:false,parentSchema:schema12.properties.repositories.properties["kubo-release"],data:data12};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
let data13 = data12.uri;
if(typeof data13 === "string"){
if(!pattern17.test(data13)){
const err38 = {instancePath:instancePath+"/repositories/kubo-release/uri",schemaPath:"#/properties/repositories/properties/kubo-release/properties/uri/pattern",keyword:"pattern",params:{pattern: "^(https://|ssh://|file:///|[A-Za-z0-9._-]+@[A-Za-z0-9.-]+:)\\S+$"},message:"must match pattern \""+"^(https://|ssh://|file:///|[A-Za-z0-9._-]+@[A-Za-z0-9.-]+:)\\S+$"+"\"",schema:"^(https://|ssh://|file:///|[A-Za-z0-9._-]+@[A-Za-z0-9.-]+:)\\S+$",parentSchema:schema12.properties.repositories.properties["kubo-release"].properties.uri,data:data13};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
else {
const err39 = {instancePath:instancePath+"/repositories/kubo-release/uri",schemaPath:"#/properties/repositories/properties/kubo-release/properties/uri/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.properties.repositories.properties["kubo-release"].properties.uri.type,parentSchema:schema12.properties.repositories.properties["kubo-release"].properties.uri,data:data13};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
if(data12.version !== undefined){
let data14 = data12.version;
if(typeof data14 === "string"){
if(!pattern29.test(data14)){
const err40 = {instancePath:instancePath+"/repositories/kubo-release/version",schemaPath:"#/properties/repositories/properties/kubo-release/properties/version/pattern",keyword:"pattern",params:{pattern: "^\\S+$"},message:"must match pattern \""+"^\\S+$"+"\"",schema:"^\\S+$",parentSchema:schema12.properties.repositories.properties["kubo-release"].properties.version,data:data14};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
else {
const err41 = {instancePath:instancePath+"/repositories/kubo-release/version",schemaPath:"#/properties/repositories/properties/kubo-release/properties/version/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.properties.repositories.properties["kubo-release"].properties.version.type,parentSchema:schema12.properties.repositories.properties["kubo-release"].properties.version,data:data14};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
}
else {
const err42 = {instancePath:instancePath+"/repositories/kubo-release",schemaPath:"#/properties/repositories/properties/kubo-release/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema12.properties.repositories.properties["kubo-release"].type,parentSchema:schema12.properties.repositories.properties["kubo-release"],data:data12};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
if(data2["silk-release"] !== undefined){
let data15 = data2["silk-release"];
if(data15 && typeof data15 == "object" && !Array.isArray(data15)){
if(data15.uri === undefined){
data15.uri = "https://github.com/cloudfoundry/silk-release.git";
}
if(data15.version === undefined){
const err43 = {instancePath:instancePath+"/repositories/silk-release",schemaPath:"#/properties/repositories/properties/silk-release/required",keyword:"required",params:{missingProperty: "version"},message:"must have required property '"+"version"+"'",schema:schema12.properties.repositories.properties["silk-release"].required,parentSchema:schema12.properties.repositories.properties["silk-release"],data:data15};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
for(const key6 in data15){
if(!((key6 === "uri") || (key6 === "version"))){
const err44 = {instancePath:instancePath+"/repositories/silk-release",schemaPath:"#/properties/repositories/properties/silk-release/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6},message:"must NOT have additional properties",schema:false,parentSchema:schema12.properties.repositories.properties["silk-release"],data:data15};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
let data16 = data15.uri;
if(typeof data16 === "string"){
if(!pattern17.test(data16)){
const err45 = {instancePath:instancePath+"/repositories/silk-release/uri",schemaPath:"#/properties/repositories/properties/silk-release/properties/uri/pattern",keyword:"pattern",params:{pattern: "^(https://|ssh://|file:///|[A-Za-z0-9._-]+@[A-Za-z0-9.-]+:)\\S+$"},message:"must match pattern \""+"^(https://|ssh://|file:///|[A-Za-z0-9._-]+@[A-Za-z0-9.-]+:)\\S+$"+"\"",schema:"^(https://|ssh://|file:///|[A-Za-z0-9._-]+@[A-Za-z0-9.-]+:)\\S+$",parentSchema:schema12.properties.repositories.properties["silk-release"].properties.uri,data:data16};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
else {
const err46 = {instancePath:instancePath+"/repositories/silk-release/uri",schemaPath:"#/properties/repositories/properties/silk-release/properties/uri/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.properties.repositories.properties["silk-release"].properties.uri.type,parentSchema:schema12.properties.repositories.properties["silk-release"].properties.uri,data:data16};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
if(data15.version !== undefined){
let data17 = data15.version;
if(typeof data17 === "string"){
if(!pattern29.test(data17)){
const err47 = {instancePath:instancePath+"/repositories/silk-release/version",schemaPath:"#/properties/repositories/properties/silk-release/properties/version/pattern",keyword:"pattern",params:{pattern: "^\\S+$"},message:"must match pattern \""+"^\\S+$"+"\"",schema:"^\\S+$",parentSchema:schema12.properties.repositories.properties["silk-release"].properties.version,data:data17};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
else {
const err48 = {instancePath:instancePath+"/repositories/silk-release/version",schemaPath:"#/properties/repositories/properties/silk-release/properties/version/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.properties.repositories.properties["silk-release"].properties.version.type,parentSchema:schema12.properties.repositories.properties["silk-release"].properties.version,data:data17};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
}
}
else {
const err49 = {instancePath:instancePath+"/repositories/silk-release",schemaPath:"#/properties/repositories/properties/silk-release/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema12.properties.repositories.properties["silk-release"].type,parentSchema:schema12.properties.repositories.properties["silk-release"],data:data15};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
}
}
else {
const err50 = {instancePath:instancePath+"/repositories",schemaPath:"#/properties/repositories/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema12.properties.repositories.type,parentSchema:schema12.properties.repositories,data:data2};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
let data18 = data.programs;
if(data18 && typeof data18 == "object" && !Array.isArray(data18)){
for(const key7 in data18){
const _errs46 = errors;
if(typeof key7 === "string"){
if(!pattern42.test(key7)){
const err51 = {instancePath:instancePath+"/programs",schemaPath:"#/properties/programs/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[a-z][a-z0-9-]*$"},message:"must match pattern \""+"^[a-z][a-z0-9-]*$"+"\"",schema:"^[a-z][a-z0-9-]*$",parentSchema:schema12.properties.programs.propertyNames,data:key7,propertyName:key7};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
}
var valid7 = _errs46 === errors;
if(!valid7){
const err52 = {instancePath:instancePath+"/programs",schemaPath:"#/properties/programs/propertyNames",keyword:"propertyNames",params:{propertyName: key7},message:"property name must be valid",schema:schema12.properties.programs.propertyNames,parentSchema:schema12.properties.programs,data:data18};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
}
for(const key8 in data18){
let data19 = data18[key8];
if(typeof data19 === "string"){
if(!pattern29.test(data19)){
const err53 = {instancePath:instancePath+"/programs/" + key8.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/programs/additionalProperties/pattern",keyword:"pattern",params:{pattern: "^\\S+$"},message:"must match pattern \""+"^\\S+$"+"\"",schema:"^\\S+$",parentSchema:schema12.properties.programs.additionalProperties,data:data19};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
}
else {
const err54 = {instancePath:instancePath+"/programs/" + key8.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/programs/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.properties.programs.additionalProperties.type,parentSchema:schema12.properties.programs.additionalProperties,data:data19};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
}
}
else {
const err55 = {instancePath:instancePath+"/programs",schemaPath:"#/properties/programs/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema12.properties.programs.type,parentSchema:schema12.properties.programs,data:data18};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
let data20 = data.terraform_providers;
if(data20 && typeof data20 == "object" && !Array.isArray(data20)){
for(const key9 in data20){
const _errs52 = errors;
if(typeof key9 === "string"){
if(!pattern42.test(key9)){
const err56 = {instancePath:instancePath+"/terraform_providers",schemaPath:"#/properties/terraform_providers/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[a-z][a-z0-9-]*$"},message:"must match pattern \""+"^[a-z][a-z0-9-]*$"+"\"",schema:"^[a-z][a-z0-9-]*$",parentSchema:schema12.properties.terraform_providers.propertyNames,data:key9,propertyName:key9};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
}
var valid9 = _errs52 === errors;
if(!valid9){
const err57 = {instancePath:instancePath+"/terraform_providers",schemaPath:"#/properties/terraform_providers/propertyNames",keyword:"propertyNames",params:{propertyName: key9},message:"property name must be valid",schema:schema12.properties.terraform_providers.propertyNames,parentSchema:schema12.properties.terraform_providers,data:data20};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
}
for(const key10 in data20){
let data21 = data20[key10];
if(typeof data21 === "string"){
if(!pattern45.test(data21)){
const err58 = {instancePath:instancePath+"/terraform_providers/" + key10.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/terraform_providers/additionalProperties/pattern",keyword:"pattern",params:{pattern: "^[0-9]+\\.[0-9]+\\.[0-9]+$"},message:"must match pattern \""+"^[0-9]+\\.[0-9]+\\.[0-9]+$"+"\"",schema:"^[0-9]+\\.[0-9]+\\.[0-9]+$",parentSchema:schema12.properties.terraform_providers.additionalProperties,data:data21};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
}
else {
const err59 = {instancePath:instancePath+"/terraform_providers/" + key10.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/terraform_providers/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.properties.terraform_providers.additionalProperties.type,parentSchema:schema12.properties.terraform_providers.additionalProperties,data:data21};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
}
}
else {
const err60 = {instancePath:instancePath+"/terraform_providers",schemaPath:"#/properties/terraform_providers/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema12.properties.terraform_providers.type,parentSchema:schema12.properties.terraform_providers,data:data20};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
if(data.images !== undefined){
let data22 = data.images;
if(data22 && typeof data22 == "object" && !Array.isArray(data22)){
if(data22.toolbox === undefined){
const err61 = {instancePath:instancePath+"/images",schemaPath:"#/properties/images/required",keyword:"required",params:{missingProperty: "toolbox"},message:"must have required property '"+"toolbox"+"'",schema:schema12.properties.images.required,parentSchema:schema12.properties.images,data:data22};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
if(data22.probe === undefined){
const err62 = {instancePath:instancePath+"/images",schemaPath:"#/properties/images/required",keyword:"required",params:{missingProperty: "probe"},message:"must have required property '"+"probe"+"'",schema:schema12.properties.images.required,parentSchema:schema12.properties.images,data:data22};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
for(const key11 in data22){
if(!((key11 === "toolbox") || (key11 === "probe"))){
const err63 = {instancePath:instancePath+"/images",schemaPath:"#/properties/images/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key11},message:"must NOT have additional properties",schema:false,parentSchema:schema12.properties.images,data:data22};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
}
if(data22.toolbox !== undefined){
let data23 = data22.toolbox;
if(data23 && typeof data23 == "object" && !Array.isArray(data23)){
if(data23.repository === undefined){
const err64 = {instancePath:instancePath+"/images/toolbox",schemaPath:"#/properties/images/properties/toolbox/required",keyword:"required",params:{missingProperty: "repository"},message:"must have required property '"+"repository"+"'",schema:schema12.properties.images.properties.toolbox.required,parentSchema:schema12.properties.images.properties.toolbox,data:data23};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
if(data23.tag === undefined){
const err65 = {instancePath:instancePath+"/images/toolbox",schemaPath:"#/properties/images/properties/toolbox/required",keyword:"required",params:{missingProperty: "tag"},message:"must have required property '"+"tag"+"'",schema:schema12.properties.images.properties.toolbox.required,parentSchema:schema12.properties.images.properties.toolbox,data:data23};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
for(const key12 in data23){
if(!((key12 === "repository") || (key12 === "tag"))){
const err66 = {instancePath:instancePath+"/images/toolbox",schemaPath:"#/properties/images/properties/toolbox/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key12},message:"must NOT have additional properties",schema:false,parentSchema:schema12.properties.images.properties.toolbox,data:data23};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
}
if(data23.repository !== undefined){
let data24 = data23.repository;
if(typeof data24 === "string"){
if(!pattern46.test(data24)){
const err67 = {instancePath:instancePath+"/images/toolbox/repository",schemaPath:"#/properties/images/properties/toolbox/properties/repository/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9][a-z0-9._:/-]*$"},message:"must match pattern \""+"^[a-z0-9][a-z0-9._:/-]*$"+"\"",schema:"^[a-z0-9][a-z0-9._:/-]*$",parentSchema:schema12.properties.images.properties.toolbox.properties.repository,data:data24};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
}
else {
const err68 = {instancePath:instancePath+"/images/toolbox/repository",schemaPath:"#/properties/images/properties/toolbox/properties/repository/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.properties.images.properties.toolbox.properties.repository.type,parentSchema:schema12.properties.images.properties.toolbox.properties.repository,data:data24};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
}
if(data23.tag !== undefined){
let data25 = data23.tag;
if(typeof data25 === "string"){
if(!pattern47.test(data25)){
const err69 = {instancePath:instancePath+"/images/toolbox/tag",schemaPath:"#/properties/images/properties/toolbox/properties/tag/pattern",keyword:"pattern",params:{pattern: "^(?!latest$)[A-Za-z0-9_][A-Za-z0-9_.-]*$"},message:"must match pattern \""+"^(?!latest$)[A-Za-z0-9_][A-Za-z0-9_.-]*$"+"\"",schema:"^(?!latest$)[A-Za-z0-9_][A-Za-z0-9_.-]*$",parentSchema:schema12.properties.images.properties.toolbox.properties.tag,data:data25};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
}
else {
const err70 = {instancePath:instancePath+"/images/toolbox/tag",schemaPath:"#/properties/images/properties/toolbox/properties/tag/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.properties.images.properties.toolbox.properties.tag.type,parentSchema:schema12.properties.images.properties.toolbox.properties.tag,data:data25};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
}
}
else {
const err71 = {instancePath:instancePath+"/images/toolbox",schemaPath:"#/properties/images/properties/toolbox/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema12.properties.images.properties.toolbox.type,parentSchema:schema12.properties.images.properties.toolbox,data:data23};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
}
if(data22.probe !== undefined){
let data26 = data22.probe;
if(data26 && typeof data26 == "object" && !Array.isArray(data26)){
if(data26.repository === undefined){
const err72 = {instancePath:instancePath+"/images/probe",schemaPath:"#/properties/images/properties/probe/required",keyword:"required",params:{missingProperty: "repository"},message:"must have required property '"+"repository"+"'",schema:schema12.properties.images.properties.probe.required,parentSchema:schema12.properties.images.properties.probe,data:data26};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
if(data26.tag === undefined){
const err73 = {instancePath:instancePath+"/images/probe",schemaPath:"#/properties/images/properties/probe/required",keyword:"required",params:{missingProperty: "tag"},message:"must have required property '"+"tag"+"'",schema:schema12.properties.images.properties.probe.required,parentSchema:schema12.properties.images.properties.probe,data:data26};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
for(const key13 in data26){
if(!((key13 === "repository") || (key13 === "tag"))){
const err74 = {instancePath:instancePath+"/images/probe",schemaPath:"#/properties/images/properties/probe/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key13},message:"must NOT have additional properties",schema:false,parentSchema:schema12.properties.images.properties.probe,data:data26};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
}
if(data26.repository !== undefined){
let data27 = data26.repository;
if(typeof data27 === "string"){
if(!pattern46.test(data27)){
const err75 = {instancePath:instancePath+"/images/probe/repository",schemaPath:"#/properties/images/properties/probe/properties/repository/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9][a-z0-9._:/-]*$"},message:"must match pattern \""+"^[a-z0-9][a-z0-9._:/-]*$"+"\"",schema:"^[a-z0-9][a-z0-9._:/-]*$",parentSchema:schema12.properties.images.properties.probe.properties.repository,data:data27};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
}
else {
const err76 = {instancePath:instancePath+"/images/probe/repository",schemaPath:"#/properties/images/properties/probe/properties/repository/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.properties.images.properties.probe.properties.repository.type,parentSchema:schema12.properties.images.properties.probe.properties.repository,data:data27};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
}
if(data26.tag !== undefined){
let data28 = data26.tag;
if(typeof data28 === "string"){
if(!pattern47.test(data28)){
const err77 = {instancePath:instancePath+"/images/probe/tag",schemaPath:"#/properties/images/properties/probe/properties/tag/pattern",keyword:"pattern",params:{pattern: "^(?!latest$)[A-Za-z0-9_][A-Za-z0-9_.-]*$"},message:"must match pattern \""+"^(?!latest$)[A-Za-z0-9_][A-Za-z0-9_.-]*$"+"\"",schema:"^(?!latest$)[A-Za-z0-9_][A-Za-z0-9_.-]*$",parentSchema:schema12.properties.images.properties.probe.properties.tag,data:data28};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
}
else {
const err78 = {instancePath:instancePath+"/images/probe/tag",schemaPath:"#/properties/images/properties/probe/properties/tag/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.properties.images.properties.probe.properties.tag.type,parentSchema:schema12.properties.images.properties.probe.properties.tag,data:data28};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
}
}
else {
const err79 = {instancePath:instancePath+"/images/probe",schemaPath:"#/properties/images/properties/probe/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema12.properties.images.properties.probe.type,parentSchema:schema12.properties.images.properties.probe,data:data26};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
}
errors++;
}
}
}
else {
const err80 = {instancePath:instancePath+"/images",schemaPath:"#/properties/images/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema12.properties.images.type,parentSchema:schema12.properties.images,data:data22};
if(vErrors === null){
vErrors = [err80];
}
else {
vErrors.push(err80);
}
errors++;
}
}
}
else {
const err81 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema12.type,parentSchema:schema12,data};
if(vErrors === null){
vErrors = [err81];
}
else {
vErrors.push(err81);
}
errors++;
}
validate11.errors = vErrors;
return errors === 0;
}

export const validateWatchers = validate12;
const schema13 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"https://causeway.internal/watchers.schema.json","title":"Watchers","description":"What tells of new versions of all that version sets pin: env/watchers/upstreams.yml.","type":"object","additionalProperties":false,"required":["upstreams"],"properties":{"frozen":{"description":"Version sets in which nothing moves, by name, and why. @default none","type":"object","additionalProperties":{"description":"Why, in a sentence.","type":"string","pattern":"\\S.{19,}","examples":["A record of its time, kept as it was."]},"default":{},"examples":[{"2018":"A record of its time, kept as it was."}]},"upstreams":{"description":"Upstreams by name.","type":"object","propertyNames":{"pattern":"^[a-z0-9][a-z0-9.-]*$"},"additionalProperties":{"description":"One upstream.","type":"object","additionalProperties":false,"required":["doc","signal"],"properties":{"doc":{"description":"What it is, and what is strange about its versions.","type":"string","pattern":"\\S.{9,}","examples":["Cloud Foundry's manifest and ops files."]},"signal":{"description":"What tells of a version: releases of GitHub, tags of git, the newest commit of a branch, releases or stemcells of bosh.io, or nothing.","type":"string","enum":["releases","tags","branch","bosh-io","stemcell","none"]},"because":{"description":"Why nothing watches it, where the signal is none. @default nothing","type":"string","pattern":"\\S.{9,}","examples":["Causeway builds it itself."]},"pins":{"description":"Where version sets pin it. @default nowhere: another upstream brings it","type":"array","items":{"description":"Path in a version set.","type":"string","pattern":"^(repositories|programs|terraform_providers|images)\\.[a-z0-9][a-z0-9-]*$","examples":["repositories.cf-deployment"]},"default":[]},"brought_by":{"description":"The upstream in whose manifest it is pinned. @default none","type":"string","pattern":"^[a-z0-9][a-z0-9.-]*$","examples":["kubo-deployment"]},"repository":{"description":"Repository at GitHub. @default none","type":"string","pattern":"^[A-Za-z0-9-]+/[A-Za-z0-9._-]+$","examples":["cloudfoundry/cf-deployment"]},"branch":{"description":"Branch whose newest commit is the version. @default none","type":"string","pattern":"^[A-Za-z0-9][A-Za-z0-9._/-]*$","examples":["master"]},"bosh_io":{"description":"Path of its releases at bosh.io, or the name of a stemcell there. @default none","type":"string","pattern":"^[A-Za-z0-9][A-Za-z0-9._/-]*$","examples":["github.com/cloudfoundry/bpm-release"]},"variant":{"description":"The file of a stemcell that has to be there: light ones come hours later.","type":"string","enum":["regular","light"],"default":"regular"},"scheme":{"description":"How its versions are written: three numbers, any count of numbers, or commits.","type":"string","enum":["semver","loose","commit"],"default":"semver"},"final_release":{"description":"Name of the BOSH release that it is: a version counts when its tag has the file of that final release, or bosh.io lists it. @default none: it is no BOSH release","type":"string","pattern":"^[a-z0-9][a-z0-9-]*$","examples":["silk"]},"same_version_as":{"description":"Upstreams that have to have the same version before it is proposed.","type":"array","items":{"description":"Name of an upstream.","type":"string","pattern":"^[a-z0-9][a-z0-9.-]*$","examples":["cf-networking-release"]},"default":[]},"within":{"description":"Versions that a version set can use, by its name. @default all","type":"object","additionalProperties":{"description":"A line, or bounds.","type":"string","pattern":"^\\S.*$","examples":["621.x",">=2.11.0 <4"]},"default":{},"examples":[{"current":"<3.27.0"}]}}}}}};
const pattern52 = new RegExp("\\S.{9,}", "u");
const pattern54 = new RegExp("^(repositories|programs|terraform_providers|images)\\.[a-z0-9][a-z0-9-]*$", "u");
const pattern56 = new RegExp("^[A-Za-z0-9-]+/[A-Za-z0-9._-]+$", "u");
const pattern61 = new RegExp("^\\S.*$", "u");

function validate12(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="https://causeway.internal/watchers.schema.json" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.frozen === undefined){
data.frozen = {};
}
if(data.upstreams === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "upstreams"},message:"must have required property '"+"upstreams"+"'",schema:schema13.required,parentSchema:schema13,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!((key0 === "frozen") || (key0 === "upstreams"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema13,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
let data0 = data.frozen;
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
for(const key1 in data0){
let data1 = data0[key1];
if(typeof data1 === "string"){
if(!pattern31.test(data1)){
const err2 = {instancePath:instancePath+"/frozen/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/frozen/additionalProperties/pattern",keyword:"pattern",params:{pattern: "\\S.{19,}"},message:"must match pattern \""+"\\S.{19,}"+"\"",schema:"\\S.{19,}",parentSchema:schema13.properties.frozen.additionalProperties,data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath:instancePath+"/frozen/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/frozen/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema13.properties.frozen.additionalProperties.type,parentSchema:schema13.properties.frozen.additionalProperties,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
}
else {
const err4 = {instancePath:instancePath+"/frozen",schemaPath:"#/properties/frozen/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema13.properties.frozen.type,parentSchema:schema13.properties.frozen,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(data.upstreams !== undefined){
let data2 = data.upstreams;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
for(const key2 in data2){
const _errs9 = errors;
if(typeof key2 === "string"){
if(!pattern3.test(key2)){
const err5 = {instancePath:instancePath+"/upstreams",schemaPath:"#/properties/upstreams/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9][a-z0-9.-]*$"},message:"must match pattern \""+"^[a-z0-9][a-z0-9.-]*$"+"\"",schema:"^[a-z0-9][a-z0-9.-]*$",parentSchema:schema13.properties.upstreams.propertyNames,data:key2,propertyName:key2};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
var valid2 = _errs9 === errors;
if(!valid2){
const err6 = {instancePath:instancePath+"/upstreams",schemaPath:"#/properties/upstreams/propertyNames",keyword:"propertyNames",params:{propertyName: key2},message:"property name must be valid",schema:schema13.properties.upstreams.propertyNames,parentSchema:schema13.properties.upstreams,data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
for(const key3 in data2){
let data3 = data2[key3];
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
if(data3.pins === undefined){
data3.pins = [];
}
if(data3.variant === undefined){
data3.variant = "regular";
}
if(data3.scheme === undefined){
data3.scheme = "semver";
}
if(data3.same_version_as === undefined){
data3.same_version_as = [];
}
if(data3.within === undefined){
data3.within = {};
}
if(data3.doc === undefined){
const err7 = {instancePath:instancePath+"/upstreams/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/upstreams/additionalProperties/required",keyword:"required",params:{missingProperty: "doc"},message:"must have required property '"+"doc"+"'",schema:schema13.properties.upstreams.additionalProperties.required,parentSchema:schema13.properties.upstreams.additionalProperties,data:data3};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(data3.signal === undefined){
const err8 = {instancePath:instancePath+"/upstreams/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/upstreams/additionalProperties/required",keyword:"required",params:{missingProperty: "signal"},message:"must have required property '"+"signal"+"'",schema:schema13.properties.upstreams.additionalProperties.required,parentSchema:schema13.properties.upstreams.additionalProperties,data:data3};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
for(const key4 in data3){
if(!(func2.call(schema13.properties.upstreams.additionalProperties.properties, key4))){
const err9 = {instancePath:instancePath+"/upstreams/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/upstreams/additionalProperties/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties",schema:false,parentSchema:schema13.properties.upstreams.additionalProperties,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data3.doc !== undefined){
let data4 = data3.doc;
if(typeof data4 === "string"){
if(!pattern52.test(data4)){
const err10 = {instancePath:instancePath+"/upstreams/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/doc",schemaPath:"#/properties/upstreams/additionalProperties/properties/doc/pattern",keyword:"pattern",params:{pattern: "\\S.{9,}"},message:"must match pattern \""+"\\S.{9,}"+"\"",schema:"\\S.{9,}",parentSchema:schema13.properties.upstreams.additionalProperties.properties.doc,data:data4};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
else {
const err11 = {instancePath:instancePath+"/upstreams/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/doc",schemaPath:"#/properties/upstreams/additionalProperties/properties/doc/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema13.properties.upstreams.additionalProperties.properties.doc.type,parentSchema:schema13.properties.upstreams.additionalProperties.properties.doc,data:data4};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data3.signal !== undefined){
let data5 = data3.signal;
if(typeof data5 !== "string"){
const err12 = {instancePath:instancePath+"/upstreams/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/signal",schemaPath:"#/properties/upstreams/additionalProperties/properties/signal/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema13.properties.upstreams.additionalProperties.properties.signal.type,parentSchema:schema13.properties.upstreams.additionalProperties.properties.signal,data:data5};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if(!((((((data5 === "releases") || (data5 === "tags")) || (data5 === "branch")) || (data5 === "bosh-io")) || (data5 === "stemcell")) || (data5 === "none"))){
const err13 = {instancePath:instancePath+"/upstreams/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/signal",schemaPath:"#/properties/upstreams/additionalProperties/properties/signal/enum",keyword:"enum",params:{allowedValues: schema13.properties.upstreams.additionalProperties.properties.signal.enum},message:"must be equal to one of the allowed values",schema:schema13.properties.upstreams.additionalProperties.properties.signal.enum,parentSchema:schema13.properties.upstreams.additionalProperties.properties.signal,data:data5};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data3.because !== undefined){
let data6 = data3.because;
if(typeof data6 === "string"){
if(!pattern52.test(data6)){
const err14 = {instancePath:instancePath+"/upstreams/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/because",schemaPath:"#/properties/upstreams/additionalProperties/properties/because/pattern",keyword:"pattern",params:{pattern: "\\S.{9,}"},message:"must match pattern \""+"\\S.{9,}"+"\"",schema:"\\S.{9,}",parentSchema:schema13.properties.upstreams.additionalProperties.properties.because,data:data6};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
else {
const err15 = {instancePath:instancePath+"/upstreams/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/because",schemaPath:"#/properties/upstreams/additionalProperties/properties/because/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema13.properties.upstreams.additionalProperties.properties.because.type,parentSchema:schema13.properties.upstreams.additionalProperties.properties.because,data:data6};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
let data7 = data3.pins;
if(Array.isArray(data7)){
const len0 = data7.length;
for(let i0=0; i0<len0; i0++){
let data8 = data7[i0];
if(typeof data8 === "string"){
if(!pattern54.test(data8)){
const err16 = {instancePath:instancePath+"/upstreams/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/pins/" + i0,schemaPath:"#/properties/upstreams/additionalProperties/properties/pins/items/pattern",keyword:"pattern",params:{pattern: "^(repositories|programs|terraform_providers|images)\\.[a-z0-9][a-z0-9-]*$"},message:"must match pattern \""+"^(repositories|programs|terraform_providers|images)\\.[a-z0-9][a-z0-9-]*$"+"\"",schema:"^(repositories|programs|terraform_providers|images)\\.[a-z0-9][a-z0-9-]*$",parentSchema:schema13.properties.upstreams.additionalProperties.properties.pins.items,data:data8};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
else {
const err17 = {instancePath:instancePath+"/upstreams/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/pins/" + i0,schemaPath:"#/properties/upstreams/additionalProperties/properties/pins/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema13.properties.upstreams.additionalProperties.properties.pins.items.type,parentSchema:schema13.properties.upstreams.additionalProperties.properties.pins.items,data:data8};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
}
else {
const err18 = {instancePath:instancePath+"/upstreams/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/pins",schemaPath:"#/properties/upstreams/additionalProperties/properties/pins/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema13.properties.upstreams.additionalProperties.properties.pins.type,parentSchema:schema13.properties.upstreams.additionalProperties.properties.pins,data:data7};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
if(data3.brought_by !== undefined){
let data9 = data3.brought_by;
if(typeof data9 === "string"){
if(!pattern3.test(data9)){
const err19 = {instancePath:instancePath+"/upstreams/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/brought_by",schemaPath:"#/properties/upstreams/additionalProperties/properties/brought_by/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9][a-z0-9.-]*$"},message:"must match pattern \""+"^[a-z0-9][a-z0-9.-]*$"+"\"",schema:"^[a-z0-9][a-z0-9.-]*$",parentSchema:schema13.properties.upstreams.additionalProperties.properties.brought_by,data:data9};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
else {
const err20 = {instancePath:instancePath+"/upstreams/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/brought_by",schemaPath:"#/properties/upstreams/additionalProperties/properties/brought_by/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema13.properties.upstreams.additionalProperties.properties.brought_by.type,parentSchema:schema13.properties.upstreams.additionalProperties.properties.brought_by,data:data9};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data3.repository !== undefined){
let data10 = data3.repository;
if(typeof data10 === "string"){
if(!pattern56.test(data10)){
const err21 = {instancePath:instancePath+"/upstreams/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/repository",schemaPath:"#/properties/upstreams/additionalProperties/properties/repository/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9-]+/[A-Za-z0-9._-]+$"},message:"must match pattern \""+"^[A-Za-z0-9-]+/[A-Za-z0-9._-]+$"+"\"",schema:"^[A-Za-z0-9-]+/[A-Za-z0-9._-]+$",parentSchema:schema13.properties.upstreams.additionalProperties.properties.repository,data:data10};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
else {
const err22 = {instancePath:instancePath+"/upstreams/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/repository",schemaPath:"#/properties/upstreams/additionalProperties/properties/repository/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema13.properties.upstreams.additionalProperties.properties.repository.type,parentSchema:schema13.properties.upstreams.additionalProperties.properties.repository,data:data10};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data3.branch !== undefined){
let data11 = data3.branch;
if(typeof data11 === "string"){
if(!pattern18.test(data11)){
const err23 = {instancePath:instancePath+"/upstreams/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/branch",schemaPath:"#/properties/upstreams/additionalProperties/properties/branch/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9][A-Za-z0-9._/-]*$"},message:"must match pattern \""+"^[A-Za-z0-9][A-Za-z0-9._/-]*$"+"\"",schema:"^[A-Za-z0-9][A-Za-z0-9._/-]*$",parentSchema:schema13.properties.upstreams.additionalProperties.properties.branch,data:data11};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
else {
const err24 = {instancePath:instancePath+"/upstreams/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/branch",schemaPath:"#/properties/upstreams/additionalProperties/properties/branch/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema13.properties.upstreams.additionalProperties.properties.branch.type,parentSchema:schema13.properties.upstreams.additionalProperties.properties.branch,data:data11};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data3.bosh_io !== undefined){
let data12 = data3.bosh_io;
if(typeof data12 === "string"){
if(!pattern18.test(data12)){
const err25 = {instancePath:instancePath+"/upstreams/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/bosh_io",schemaPath:"#/properties/upstreams/additionalProperties/properties/bosh_io/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9][A-Za-z0-9._/-]*$"},message:"must match pattern \""+"^[A-Za-z0-9][A-Za-z0-9._/-]*$"+"\"",schema:"^[A-Za-z0-9][A-Za-z0-9._/-]*$",parentSchema:schema13.properties.upstreams.additionalProperties.properties.bosh_io,data:data12};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
else {
const err26 = {instancePath:instancePath+"/upstreams/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/bosh_io",schemaPath:"#/properties/upstreams/additionalProperties/properties/bosh_io/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema13.properties.upstreams.additionalProperties.properties.bosh_io.type,parentSchema:schema13.properties.upstreams.additionalProperties.properties.bosh_io,data:data12};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
let data13 = data3.variant;
if(typeof data13 !== "string"){
const err27 = {instancePath:instancePath+"/upstreams/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/variant",schemaPath:"#/properties/upstreams/additionalProperties/properties/variant/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema13.properties.upstreams.additionalProperties.properties.variant.type,parentSchema:schema13.properties.upstreams.additionalProperties.properties.variant,data:data13};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
if(!((data13 === "regular") || (data13 === "light"))){
const err28 = {instancePath:instancePath+"/upstreams/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/variant",schemaPath:"#/properties/upstreams/additionalProperties/properties/variant/enum",keyword:"enum",params:{allowedValues: schema13.properties.upstreams.additionalProperties.properties.variant.enum},message:"must be equal to one of the allowed values",schema:schema13.properties.upstreams.additionalProperties.properties.variant.enum,parentSchema:schema13.properties.upstreams.additionalProperties.properties.variant,data:data13};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
let data14 = data3.scheme;
if(typeof data14 !== "string"){
const err29 = {instancePath:instancePath+"/upstreams/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/scheme",schemaPath:"#/properties/upstreams/additionalProperties/properties/scheme/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema13.properties.upstreams.additionalProperties.properties.scheme.type,parentSchema:schema13.properties.upstreams.additionalProperties.properties.scheme,data:data14};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
if(!(((data14 === "semver") || (data14 === "loose")) || (data14 === "commit"))){
const err30 = {instancePath:instancePath+"/upstreams/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/scheme",schemaPath:"#/properties/upstreams/additionalProperties/properties/scheme/enum",keyword:"enum",params:{allowedValues: schema13.properties.upstreams.additionalProperties.properties.scheme.enum},message:"must be equal to one of the allowed values",schema:schema13.properties.upstreams.additionalProperties.properties.scheme.enum,parentSchema:schema13.properties.upstreams.additionalProperties.properties.scheme,data:data14};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
if(data3.final_release !== undefined){
let data15 = data3.final_release;
if(typeof data15 === "string"){
if(!pattern5.test(data15)){
const err31 = {instancePath:instancePath+"/upstreams/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/final_release",schemaPath:"#/properties/upstreams/additionalProperties/properties/final_release/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9][a-z0-9-]*$"},message:"must match pattern \""+"^[a-z0-9][a-z0-9-]*$"+"\"",schema:"^[a-z0-9][a-z0-9-]*$",parentSchema:schema13.properties.upstreams.additionalProperties.properties.final_release,data:data15};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
else {
const err32 = {instancePath:instancePath+"/upstreams/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/final_release",schemaPath:"#/properties/upstreams/additionalProperties/properties/final_release/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema13.properties.upstreams.additionalProperties.properties.final_release.type,parentSchema:schema13.properties.upstreams.additionalProperties.properties.final_release,data:data15};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
let data16 = data3.same_version_as;
if(Array.isArray(data16)){
const len1 = data16.length;
for(let i1=0; i1<len1; i1++){
let data17 = data16[i1];
if(typeof data17 === "string"){
if(!pattern3.test(data17)){
const err33 = {instancePath:instancePath+"/upstreams/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/same_version_as/" + i1,schemaPath:"#/properties/upstreams/additionalProperties/properties/same_version_as/items/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9][a-z0-9.-]*$"},message:"must match pattern \""+"^[a-z0-9][a-z0-9.-]*$"+"\"",schema:"^[a-z0-9][a-z0-9.-]*$",parentSchema:schema13.properties.upstreams.additionalProperties.properties.same_version_as.items,data:data17};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
else {
const err34 = {instancePath:instancePath+"/upstreams/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/same_version_as/" + i1,schemaPath:"#/properties/upstreams/additionalProperties/properties/same_version_as/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema13.properties.upstreams.additionalProperties.properties.same_version_as.items.type,parentSchema:schema13.properties.upstreams.additionalProperties.properties.same_version_as.items,data:data17};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
}
else {
const err35 = {instancePath:instancePath+"/upstreams/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/same_version_as",schemaPath:"#/properties/upstreams/additionalProperties/properties/same_version_as/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema13.properties.upstreams.additionalProperties.properties.same_version_as.type,parentSchema:schema13.properties.upstreams.additionalProperties.properties.same_version_as,data:data16};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
let data18 = data3.within;
if(data18 && typeof data18 == "object" && !Array.isArray(data18)){
for(const key5 in data18){
let data19 = data18[key5];
if(typeof data19 === "string"){
if(!pattern61.test(data19)){
const err36 = {instancePath:instancePath+"/upstreams/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/within/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/upstreams/additionalProperties/properties/within/additionalProperties/pattern",keyword:"pattern",params:{pattern: "^\\S.*$"},message:"must match pattern \""+"^\\S.*$"+"\"",schema:"^\\S.*$",parentSchema:schema13.properties.upstreams.additionalProperties.properties.within.additionalProperties,data:data19};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
else {
const err37 = {instancePath:instancePath+"/upstreams/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/within/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/upstreams/additionalProperties/properties/within/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema13.properties.upstreams.additionalProperties.properties.within.additionalProperties.type,parentSchema:schema13.properties.upstreams.additionalProperties.properties.within.additionalProperties,data:data19};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
}
else {
const err38 = {instancePath:instancePath+"/upstreams/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/within",schemaPath:"#/properties/upstreams/additionalProperties/properties/within/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema13.properties.upstreams.additionalProperties.properties.within.type,parentSchema:schema13.properties.upstreams.additionalProperties.properties.within,data:data18};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
else {
const err39 = {instancePath:instancePath+"/upstreams/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/upstreams/additionalProperties/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema13.properties.upstreams.additionalProperties.type,parentSchema:schema13.properties.upstreams.additionalProperties,data:data3};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
}
else {
const err40 = {instancePath:instancePath+"/upstreams",schemaPath:"#/properties/upstreams/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema13.properties.upstreams.type,parentSchema:schema13.properties.upstreams,data:data2};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
}
else {
const err41 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema13.type,parentSchema:schema13,data};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
validate12.errors = vErrors;
return errors === 0;
}

