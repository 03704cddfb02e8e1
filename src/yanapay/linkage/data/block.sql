-- Which pairs are worth comparing. Each record carries keys: its phones, tax number, names, owner, address, point,
-- each word of its names in its area, each pair of such words. A key that more than "most" records carry says little
-- ("bodega" in a city) and is left out: a finer key of the same record takes its place. Pairs that share
-- a key must also look alike at a first glance.

CREATE TABLE word AS
SELECT DISTINCT id, area, txt FROM (
    SELECT id, coalesce(area, '') AS area, unnest(string_split(concat_ws(' ', name, trade_name), ' ')) AS txt
    FROM record
) WHERE length(txt) >= 3;

CREATE TABLE key AS
    SELECT id, 25 AS most, hash('phone', phone) AS k FROM record WHERE phone IS NOT NULL
    UNION ALL SELECT id, 25, hash('phone', phone_2) FROM record WHERE phone_2 IS NOT NULL
    UNION ALL SELECT id, 25, hash('tax', tax_id) FROM record WHERE tax_id IS NOT NULL
    UNION ALL SELECT id, 25, hash('owner', area, owner) FROM record WHERE owner IS NOT NULL
    UNION ALL SELECT id, 25, hash('address', area, address) FROM record WHERE address IS NOT NULL
    UNION ALL SELECT id, 25, hash('point', round(latitude, 3), round(longitude, 3))
              FROM record WHERE latitude IS NOT NULL
    UNION ALL SELECT id, 8, hash('name', words) FROM record
    UNION ALL SELECT id, 8, hash('name', in_order(trade_name)) FROM record WHERE trade_name IS NOT NULL
    UNION ALL SELECT id, 8, hash('name', owner) FROM record WHERE owner IS NOT NULL
    UNION ALL SELECT id, 5, hash('word', area, txt) FROM word
    UNION ALL SELECT l.id, 16, hash('words', l.area, l.txt, r.txt)
              FROM word AS l JOIN word AS r ON l.id = r.id AND l.txt < r.txt;

DROP TABLE word;

CREATE TABLE block AS
SELECT id, k FROM key SEMI JOIN (
    SELECT k FROM key GROUP BY k HAVING count(*) BETWEEN 2 AND max(most)
) USING (k);

DROP TABLE key;

CREATE TABLE pair AS
WITH candidate AS (
    SELECT DISTINCT l.id AS id_l, r.id AS id_r FROM block AS l JOIN block AS r ON l.k = r.k AND l.id < r.id
)
SELECT '0' AS match_key, id_l AS join_key_l, id_r AS join_key_r
FROM candidate
JOIN record AS l ON l.id = id_l
JOIN record AS r ON r.id = id_r
WHERE coalesce(l.tax_id = r.tax_id, false)
   OR coalesce(l.phone = r.phone, false)
   OR coalesce(l.phone_2 IN (r.phone, r.phone_2), false)
   OR coalesce(l.phone = r.phone_2, false)
   OR coalesce(l.owner = r.owner, false)
   OR coalesce(l.address = r.address, false)
   OR coalesce(abs(l.latitude - r.latitude) + abs(l.longitude - r.longitude) < 0.002, false)
   OR jaro_winkler_similarity(l.name, r.name) >= 0.92
   OR jaro_winkler_similarity(l.words, r.words) >= 0.92
   OR jaro_winkler_similarity(l.name, coalesce(r.trade_name, '')) >= 0.92
   OR jaro_winkler_similarity(r.name, coalesce(l.trade_name, '')) >= 0.92;

DROP TABLE block;
