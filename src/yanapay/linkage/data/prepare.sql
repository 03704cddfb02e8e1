-- From table "organisation" as it stands in the directory (all text, empty when unknown) to what can be
-- compared: names without legal form, two phones at most and without prefix, points that are not the centre of an area.

CREATE MACRO folded(txt) AS trim(regexp_replace(lower(strip_accents(txt)), '[^0-9a-z]+', ' ', 'g'));
CREATE MACRO without_legal_form(txt) AS nullif(trim(regexp_replace(
    txt, '\b(s a c( s)?|sacs?|e i r l|eirl|s c r l|scrl|s r l|srl|s a a|saa|s a|sa|ltda|limitada)\b( |$)', '', 'g')), '');
CREATE MACRO digits(txt) AS regexp_replace(txt, '[^0-9]', '', 'g');
CREATE MACRO without_prefix(txt) AS CASE WHEN length(digits(txt)) >= 6 THEN right(digits(txt), 9) END;
CREATE MACRO in_order(txt) AS list_aggregate(list_sort(string_split(txt, ' ')), 'string_agg', ' ');

CREATE TABLE record AS
WITH read AS (
    SELECT *, string_split(trim(phone, ' /'), ' / ') AS phones,
        without_prefix(phones[1]) AS phone_1, without_prefix(phones[2]) AS phone_2
    FROM organisation
),
plain AS MATERIALIZED (
    SELECT id,
        without_legal_form(folded(name)) AS name,
        without_legal_form(folded(trade_name)) AS trade_name,
        nullif(in_order(folded(owner)), '') AS owner,
        coalesce(read.phone_1, read.phone_2) AS phone,
        CASE WHEN read.phone_1 <> read.phone_2 THEN read.phone_2 END AS phone_2,
        nullif(tax_id, '') AS tax_id,
        nullif(area, '') AS area,
        nullif(folded(address), '') AS address,
        nullif(left(activity, 4), '') AS activity,
        try_cast(nullif(latitude, '') AS DOUBLE) AS latitude,
        try_cast(nullif(longitude, '') AS DOUBLE) AS longitude
    FROM read
),
shared_point AS (
    SELECT latitude, longitude FROM plain WHERE latitude IS NOT NULL
    GROUP BY ALL HAVING count(*) > 25
)
SELECT plain.* EXCLUDE (latitude, longitude),
    in_order(plain.name) AS words,
    CASE WHEN shared_point.latitude IS NULL THEN plain.latitude END AS latitude,
    CASE WHEN shared_point.latitude IS NULL THEN plain.longitude END AS longitude
FROM plain LEFT JOIN shared_point USING (latitude, longitude)
WHERE plain.name IS NOT NULL;
