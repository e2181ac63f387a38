// Sends what the API of guarded.api.yaml asks for.
const { ApiClient, GuardedClassEvilShopApi: Api } = await import(process.argv[2]);

const client = new ApiClient(process.argv[3]);
client.credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'a+b/c==', region: 'eu-west-1' };
client.authentications['api_key'].apiKey = 'key of the plan';
client.authentications['MyTokenS'].apiKey = 'a token';
const api = new Api(client);
await api.signedNamePost("it's (a) name/é*~", { text: 'ünï' }, { filter: 'b=1&a b+!' });
await api.getKeyed();
