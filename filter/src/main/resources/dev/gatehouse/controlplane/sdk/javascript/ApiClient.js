/*
 * Sends the requests of the generated functions with fetch: no dependencies, in browsers and in Node 18 or later.
 */

const encode = (text) => new TextEncoder().encode(text);
const hex = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
const percent = (text) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => '%' + c.charCodeAt(0).toString(16).toUpperCase());

async function sha256(text) {
  return hex(await crypto.subtle.digest('SHA-256', encode(text)));
}

async function hmac(key, text) {
  const imported = await crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return crypto.subtle.sign('HMAC', imported, encode(text));
}

/** A status code outside of 2xx. */
export class ApiError extends Error {
  constructor(response, body) {
    super('HTTP ' + response.status);
    this.name = 'ApiError';
    this.status = response.status;
    this.body = body;
    this.response = response;
  }
}

export default class ApiClient {
  /** @param {String} basePath where the stage is called */
  constructor(basePath = ${basePath}) {
    this.basePath = basePath.replace(/\/+$/, '');

    /** What the API asks callers for, by name: set apiKey of those that you have. */
    this.authentications = ${authentications};

    /** {accessKeyId, secretAccessKey, sessionToken, region}, to sign methods that ask for IAM. */
    this.credentials = null;

    /** Sent with every request. */
    this.defaultHeaders = {};

    /** Milliseconds until a request is given up. */
    this.timeout = 60000;

    this.fetch = (url, init) => globalThis.fetch(url, init);
    this.now = () => new Date();
  }

  /** Called by the generated functions. @returns {Promise} of {data, response} */
  async callApi(path, httpMethod, pathParams, queryParams, headerParams, formParams, bodyParam, authNames,
    contentTypes, accepts, returnType, apiBasePath) {
    const headers = { ...this.defaultHeaders };
    const query = [];
    this.#add(headers, headerParams);
    Object.entries(queryParams).forEach(([name, value]) => this.#addQuery(query, name, value));
    if (accepts.length > 0) {
      headers['Accept'] = this.#preferred(accepts);
    }
    let body;
    if (bodyParam !== undefined && bodyParam !== null) {
      headers['Content-Type'] = contentTypes.length > 0 ? this.#preferred(contentTypes) : 'application/json';
      body = JSON.stringify(bodyParam);
    }
    let signed = false;
    for (const name of authNames) {
      const auth = this.authentications[name];
      if (auth.type === 'sigv4') {
        signed = this.credentials !== null;
      } else if (auth.apiKey !== undefined && auth.in === 'query') {
        this.#addQuery(query, auth.name, auth.apiKey);
      } else if (auth.apiKey !== undefined) {
        headers[auth.name] = auth.apiKey;
      }
    }
    const filled = path.replace(/\{([^{}]+)\}/g, (whole, name) => percent(this.paramToString(pathParams[name])));
    const url = new URL((apiBasePath || this.basePath) + filled + (query.length > 0 ? '?' + query.join('&') : ''));
    if (signed) {
      await this.#sign(httpMethod, url, headers, body);
    }
    const response = await this.fetch(url.toString(), {
      method: httpMethod,
      headers,
      body,
      signal: AbortSignal.timeout(this.timeout),
    });
    const content = this.#read(await response.text(), response.headers.get('Content-Type'));
    if (!response.ok) {
      throw new ApiError(response, content);
    }
    return { data: ApiClient.convertToType(content, returnType), response };
  }

  #add(headers, params) {
    for (const [name, value] of Object.entries(params)) {
      if (value !== undefined && value !== null) {
        headers[name] = this.paramToString(value);
      }
    }
  }

  #addQuery(query, name, value) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null) {
        query.push(percent(name) + '=' + percent(this.paramToString(one)));
      }
    }
  }

  #preferred(types) {
    return types.find((type) => /^application\/json\b/i.test(type)) || types[0];
  }

  #read(text, contentType) {
    if (text === '') {
      return null;
    }
    return contentType !== null && /[/+]json\b/i.test(contentType) ? JSON.parse(text) : text;
  }

  /** AWS Signature Version 4, in headers. */
  async #sign(method, url, headers, body) {
    const { accessKeyId, secretAccessKey, sessionToken, region } = this.credentials;
    const time = this.now().toISOString().replace(/[:-]|\.\d{3}/g, '');
    const scope = time.substring(0, 8) + '/' + region + '/execute-api/aws4_request';
    headers['X-Amz-Date'] = time;
    if (sessionToken) {
      headers['X-Amz-Security-Token'] = sessionToken;
    }
    const covered = { host: url.host };
    for (const [name, value] of Object.entries(headers)) {
      covered[name.toLowerCase()] = String(value).trim().replace(/ +/g, ' ');
    }
    const names = Object.keys(covered).sort();
    const path = url.pathname.split('/').map(percent).join('/');
    const query = url.search.substring(1).split('&').filter((pair) => pair !== '').sort(ApiClient.#byNameThenValue);
    const canonical = [
      method, path, query.join('&'), ...names.map((name) => name + ':' + covered[name]), '', names.join(';'),
      await sha256(body || ''),
    ].join('\n');
    let key = encode('AWS4' + secretAccessKey);
    for (const part of scope.split('/')) {
      key = await hmac(key, part);
    }
    const text = ['AWS4-HMAC-SHA256', time, scope, await sha256(canonical)].join('\n');
    headers['Authorization'] = 'AWS4-HMAC-SHA256 Credential=' + accessKeyId + '/' + scope
      + ', SignedHeaders=' + names.join(';') + ', Signature=' + hex(await hmac(key, text));
  }

  static #byNameThenValue(one, other) {
    const [a, b] = [one.split('='), other.split('=')];
    const place = a[0] === b[0] ? 1 : 0;
    return a[place] < b[place] ? -1 : a[place] > b[place] ? 1 : 0;
  }

  paramToString(value) {
    if (value === undefined || value === null) {
      return '';
    }
    if (value instanceof Date) {
      return value.toJSON();
    }
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  }

  buildCollectionParam(values, format) {
    if (values === undefined || values === null) {
      return null;
    }
    const separators = { csv: ',', ssv: ' ', tsv: '\t', pipes: '|' };
    const texts = values.map((value) => this.paramToString(value));
    return format in separators ? texts.join(separators[format]) : texts;
  }

  /** JSON as the type that the API declares: a name, a class, [type] or {key: type}. */
  static convertToType(data, type) {
    if (data === null || data === undefined || type === null || type === undefined || type === Object) {
      return data;
    }
    switch (type) {
      case 'Boolean':
        return Boolean(data);
      case 'Integer':
        return parseInt(data, 10);
      case 'Number':
        return parseFloat(data);
      case 'String':
        return String(data);
      case 'Date':
        return new Date(data);
      default:
    }
    if (Array.isArray(type)) {
      return data.map((item) => ApiClient.convertToType(item, type[0]));
    }
    if (typeof type === 'function' && typeof type.constructFromObject === 'function') {
      return type.constructFromObject(data);
    }
    if (typeof type === 'object') {
      const [valueType] = Object.values(type);
      return Object.fromEntries(
        Object.entries(data).map(([key, value]) => [key, ApiClient.convertToType(value, valueType)]));
    }
    return data;
  }

  static constructFromObject(data, target, itemType) {
    for (const key of Object.keys(data)) {
      target[key] = ApiClient.convertToType(data[key], itemType);
    }
  }
}

/** Used where no client is given. */
ApiClient.instance = new ApiClient();
