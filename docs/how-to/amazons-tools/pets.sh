#!/usr/bin/env bash
# From nothing to an API with a key, by the AWS CLI. Needs in the environment:
#   GATEHOUSE_CONTROL   where the control plane is, such as http://127.0.0.1:8080/_gatehouse
#   GATEHOUSE_APIS      where APIs are called, such as http://127.0.0.1:8080/restapis
#   AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION   an identity that gatehouse.yaml knows
set -euo pipefail

aws="aws --endpoint-url $GATEHOUSE_CONTROL --output text apigateway"

# docs:begin create
# An API with one resource, /pets, and one method that the gateway answers itself.
api=$($aws create-rest-api --name pets --query id)
root=$($aws get-resources --rest-api-id "$api" --query 'items[0].id')
pets=$($aws create-resource --rest-api-id "$api" --parent-id "$root" --path-part pets --query id)
$aws put-method --rest-api-id "$api" --resource-id "$pets" --http-method GET \
  --authorization-type NONE --api-key-required > /dev/null
$aws put-method-response --rest-api-id "$api" --resource-id "$pets" --http-method GET --status-code 200 > /dev/null
$aws put-integration --rest-api-id "$api" --resource-id "$pets" --http-method GET --type MOCK \
  --request-templates '{"application/json": "{\"statusCode\": 200}"}' > /dev/null
$aws put-integration-response --rest-api-id "$api" --resource-id "$pets" --http-method GET --status-code 200 \
  --response-templates '{"application/json": "[\"Rex\", \"$stageVariables.second\"]"}' > /dev/null
# docs:end create

# docs:begin deploy
# A deployment freezes the API; the stage says where it is served, and with which variables.
deployment=$($aws create-deployment --rest-api-id "$api" --stage-name prod --variables second=Tom --query id)
$aws update-stage --rest-api-id "$api" --stage-name prod \
  --patch-operations op=replace,path=/variables/second,value=Mia > /dev/null
# docs:end deploy

# docs:begin keys
# Who calls needs a key, and the key a plan that has the stage.
plan=$($aws create-usage-plan --name gold --api-stages "apiId=$api,stage=prod" \
  --throttle rateLimit=100,burstLimit=200 --quota limit=10000,period=DAY --query id)
key=$($aws create-api-key --name rex --enabled --query id)
value=$($aws get-api-key --api-key "$key" --include-value --query value)
$aws create-usage-plan-key --usage-plan-id "$plan" --key-id "$key" --key-type API_KEY > /dev/null
# docs:end keys

# docs:begin invoke
url="$GATEHOUSE_APIS/$api/prod/_user_request_/pets"
echo "without a key: $(curl -s "$url")"
echo "with a key: $(curl -s -H "x-api-key: $value" "$url")"
# docs:end invoke

# docs:begin tidy
# What is in use is not deleted: first the plan lets the stage go, then the stage the deployment.
$aws update-usage-plan --usage-plan-id "$plan" --patch-operations "op=remove,path=/apiStages,value=$api:prod" > /dev/null
$aws delete-usage-plan --usage-plan-id "$plan"
$aws delete-api-key --api-key "$key"
$aws delete-stage --rest-api-id "$api" --stage-name prod
$aws delete-deployment --rest-api-id "$api" --deployment-id "$deployment"
$aws delete-rest-api --rest-api-id "$api"
echo "gone: $(curl -s -o /dev/null -w '%{http_code}' -H "x-api-key: $value" "$url")"
# docs:end tidy
