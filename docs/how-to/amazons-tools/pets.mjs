// What pets.sh does, by the AWS SDK for JavaScript 3. The same variables of the environment say where and who.
// npm install @aws-sdk/client-api-gateway && node pets.mjs
import { APIGateway, NotFoundException } from "@aws-sdk/client-api-gateway";

const client = new APIGateway({ endpoint: process.env.GATEHOUSE_CONTROL });

// An API with one resource, /pets, and one method that the gateway answers itself.
const { id: restApiId, rootResourceId } = await client.createRestApi({ name: "pets" });
const { id: resourceId } = await client.createResource({ restApiId, parentId: rootResourceId, pathPart: "pets" });
const method = { restApiId, resourceId, httpMethod: "GET" };
await client.putMethod({ ...method, authorizationType: "NONE", apiKeyRequired: true });
await client.putMethodResponse({ ...method, statusCode: "200" });
await client.putIntegration({
  ...method,
  type: "MOCK",
  requestTemplates: { "application/json": '{"statusCode": 200}' },
});
await client.putIntegrationResponse({
  ...method,
  statusCode: "200",
  responseTemplates: { "application/json": '["Rex", "$stageVariables.second"]' },
});

// A deployment freezes the API; the stage says where it is served, and with which variables.
const stageName = "prod";
const { id: deploymentId } = await client.createDeployment({ restApiId, stageName, variables: { second: "Tom" } });
await client.updateStage({
  restApiId,
  stageName,
  patchOperations: [{ op: "replace", path: "/variables/second", value: "Mia" }],
});

// Who calls needs a key, and the key a plan that has the stage.
const { id: usagePlanId } = await client.createUsagePlan({
  name: "gold",
  apiStages: [{ apiId: restApiId, stage: stageName }],
  throttle: { rateLimit: 100, burstLimit: 200 },
  quota: { limit: 10000, period: "DAY" },
});
const key = await client.createApiKey({ name: "rex", enabled: true });
await client.createUsagePlanKey({ usagePlanId, keyId: key.id, keyType: "API_KEY" });

const url = `${process.env.GATEHOUSE_APIS}/${restApiId}/${stageName}/_user_request_/pets`;
const call = async (headers) => (await fetch(url, { headers })).text();
console.log(`without a key: ${await call({})}`);
console.log(`with a key: ${await call({ "x-api-key": key.value })}`);

// What is in use is not deleted: first the plan lets the stage go, then the stage the deployment.
await client.updateUsagePlan({
  usagePlanId,
  patchOperations: [{ op: "remove", path: "/apiStages", value: `${restApiId}:${stageName}` }],
});
await client.deleteUsagePlan({ usagePlanId });
await client.deleteApiKey({ apiKey: key.id });
await client.deleteStage({ restApiId, stageName });
await client.deleteDeployment({ restApiId, deploymentId });
await client.deleteRestApi({ restApiId });
try {
  await client.getRestApi({ restApiId });
} catch (error) {
  if (!(error instanceof NotFoundException)) throw error;
  console.log(`gone: ${error.$metadata.httpStatusCode}`);
}
