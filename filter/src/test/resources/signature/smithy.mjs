// Writes smithy.json: requests signed by the signer of the AWS SDK for JavaScript.
// npm install @smithy/signature-v4@5.3.5 @smithy/protocol-http@5.3.5 @smithy/querystring-builder@4.2.5 @aws-crypto/sha256-js@5.2.0
// node smithy.mjs > smithy.json
import {SignatureV4} from "@smithy/signature-v4";
import {HttpRequest} from "@smithy/protocol-http";
import {buildQueryString} from "@smithy/querystring-builder";
import {Sha256} from "@aws-crypto/sha256-js";

let seed = 42;
const random = (n) => (seed = (seed * 1103515245 + 12345) % 2147483648) % n;
const any = (list) => list[Math.floor(random(1 << 30) / (1 << 30) * list.length)];
const some = (list, most) => Array.from({length: Math.floor(random(1 << 30) / (1 << 30) * (most + 1))}, () => any(list));

const segments = ["a", "A-b_c.d~e", "%20", "%2F", "%C3%A4", "a%2Bb", "a+b", "x:y@z", "$v1;p=1", "(x)", "*'!,", "%25", "a//b", "a/./b"];
const words = ["a", "B", "a-b", " ", "+", "a=b", "ä", "1/2", "x:y", "(;)", "?", "&", "~*", "€", "😀", "%zz", "'!"];
const headers = [["X-One", "plain"], ["x-two", "  two  spaces "], ["Content-Type", "text/plain; charset=utf-8"], ["Accept", "a,b , c"], ["User-Agent", "ua/1"], ["X-Empty", ""]];
const bodies = ["", "{}", "ä€😀", "x".repeat(300)];

const signers = [["AKIDEXAMPLE"], ["ASIAEXAMPLE", "token/with+signs=="]].map(([accessKeyId, sessionToken]) => new SignatureV4({
    credentials: {accessKeyId, secretAccessKey: "secret", sessionToken}, region: "eu-central-1", service: "execute-api", sha256: Sha256}));

const signed = [];
for (let i = 0; i < 400; i++) {
    const query = {};
    for (const name of some(words, 4)) {
        query[name] = random(1 << 20) % 3 === 0 ? [any(words), any(words)] : any([...words, ""]);
    }
    const method = any(["GET", "POST", "DELETE", "PATCH"]);
    const request = new HttpRequest({
        method, protocol: "https:", hostname: "h.example", path: ["/prod", ...some(segments, 5)].join("/"), query,
        headers: {host: "h.example", ...Object.fromEntries(some(headers, 4))}, body: method === "POST" ? any(bodies) : ""});
    const how = {signingDate: new Date("2026-02-03T12:00:00Z")};
    const signer = signers[i % 2];
    const result = i % 4 < 2 ? await signer.sign(request, how) : await signer.presign(request, {...how, expiresIn: 600});
    signed.push({method, path: result.path, query: buildQueryString(result.query) || null, headers: Object.entries(result.headers), body: request.body});
}
console.log("[\n" + signed.map((one) => JSON.stringify(one)).join(",\n") + "\n]");
