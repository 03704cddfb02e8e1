// An office may serve its own network without https, where browsers offer no randomUUID and the form asks for one.
const digit = (place) => (Number(place) ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (Number(place) / 4)))).toString(16);

crypto.randomUUID ??= () => "10000000-1000-4000-8000-100000000000".replace(/[018]/g, digit);
