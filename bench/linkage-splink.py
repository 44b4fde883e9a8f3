"""Splink beside ringmap: `python linkage-splink.py SET FOLDER` prints one JSON line with accuracy at its best threshold, CPU and wall seconds, peak memory."""
import json, resource, sys, time
from collections import Counter
import duckdb
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

which, folder = sys.argv[1], sys.argv[2]
con = duckdb.connect()
con.execute("SET threads = 2")
read = {
    "febrl3": f"SELECT trim(rec_id) AS unique_id, regexp_extract(rec_id, '[0-9]+') AS person, * EXCLUDE (rec_id) FROM read_csv('{folder}/dataset3.csv', all_varchar = true)",
    "febrl4": f"SELECT trim(rec_id) AS unique_id, regexp_extract(rec_id, '[0-9]+') AS person, * EXCLUDE (rec_id) FROM read_csv(['{folder}/dataset4a.csv', '{folder}/dataset4b.csv'], all_varchar = true)",
    "fake_1000": f"SELECT cluster AS person, * EXCLUDE (cluster) FROM read_csv('{folder}/fake_1000.csv', all_varchar = true)",
    "historical_50k": f"SELECT cluster AS person, * EXCLUDE (cluster) FROM read_parquet('{folder}/historical_figures_with_errors_50k.parquet')",
    "persons": f"SELECT n.record_id AS unique_id, t.person, n.* EXCLUDE (record_id) FROM read_csv('{folder}/normalised.csv', all_varchar = true) n JOIN read_csv('{folder}/truth.csv', all_varchar = true) t USING (record_id)",
}[which]
columns = {
    "febrl": ([cl.NameComparison("given_name"), cl.NameComparison("surname"), cl.DamerauLevenshteinAtThresholds("date_of_birth", [1, 2]), cl.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]),
               cl.ExactMatch("street_number").configure(term_frequency_adjustments=True), cl.DamerauLevenshteinAtThresholds("postcode", [1, 2])],
              [block_on("soc_sec_id"), block_on("given_name"), block_on("surname"), block_on("date_of_birth"), block_on("postcode")],
              [block_on("date_of_birth"), block_on("surname")]),
    "fake_1000": ([cl.NameComparison("first_name"), cl.NameComparison("surname"), cl.LevenshteinAtThresholds("dob", [1, 2]), cl.ExactMatch("city").configure(term_frequency_adjustments=True), cl.EmailComparison("email")],
                  [block_on("first_name"), block_on("surname"), block_on("dob"), block_on("email")], [block_on("first_name", "surname"), block_on("dob")]),
    "historical_50k": ([cl.NameComparison("first_name").configure(term_frequency_adjustments=True), cl.NameComparison("surname").configure(term_frequency_adjustments=True), cl.DamerauLevenshteinAtThresholds("dob", [1, 2]),
                        cl.PostcodeComparison("postcode_fake"), cl.ExactMatch("birth_place").configure(term_frequency_adjustments=True), cl.ExactMatch("occupation").configure(term_frequency_adjustments=True)],
                       [block_on("substr(first_name,1,3)", "substr(surname,1,4)"), block_on("surname", "dob"), block_on("first_name", "dob"), block_on("postcode_fake", "first_name"), block_on("postcode_fake", "surname"),
                        block_on("dob", "birth_place"), block_on("substr(postcode_fake,1,3)", "dob"), block_on("substr(postcode_fake,1,3)", "first_name"), block_on("substr(postcode_fake,1,3)", "surname"),
                        block_on("substr(first_name,1,2)", "substr(surname,1,2)", "substr(dob,1,4)")], [block_on("first_name", "surname"), block_on("dob")]),
    "persons": ([cl.NameComparison("given").configure(term_frequency_adjustments=True), cl.NameComparison("family").configure(term_frequency_adjustments=True), cl.NameComparison("father").configure(term_frequency_adjustments=True),
                 cl.ExactMatch("sex"), cl.DamerauLevenshteinAtThresholds("born", [1, 2]).configure(term_frequency_adjustments=True), cl.LevenshteinAtThresholds("phone", [1]).configure(term_frequency_adjustments=True),
                 cl.JaroWinklerAtThresholds("village", [0.92, 0.85]).configure(term_frequency_adjustments=True), cl.ExactMatch("district").configure(term_frequency_adjustments=True), cl.LevenshteinAtThresholds("voter_id", [1])],
                [block_on("given", "born"), block_on("given", "phone"), block_on("given", "village"), block_on("phone", "village"), block_on("father", "born"), block_on("born", "village"), block_on("father", "phone"),
                 block_on("voter_id"), block_on("family", "village"), block_on("born", "district"), block_on("given", "father")], [block_on("given", "born"), block_on("phone", "village")]),
}["febrl" if which.startswith("febrl") else which]
comparisons, rules, training = columns
wall, cpu = time.time(), time.process_time()
con.execute(f"CREATE TABLE input AS {read}")
answers = dict(con.execute("SELECT unique_id, person FROM input").fetchall())
wall, cpu = time.time(), time.process_time()
db = DuckDBAPI(connection=con)
linker = Linker(db.register("input"), SettingsCreator(link_type="dedupe_only", comparisons=comparisons, blocking_rules_to_generate_predictions=rules), log_level="ERROR")
linker.training.estimate_probability_two_random_records_match(training, recall=0.7)
linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
for rule in training:
    linker.training.estimate_parameters_using_expectation_maximisation(rule)
pairs = linker.inference.predict(threshold_match_weight=-10)
first = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, threshold_match_weight=0)
used_wall, used_cpu = time.time() - wall, time.process_time() - cpu


def pair_count(counter):
    return sum(n * (n - 1) // 2 for n in counter.values())


true = pair_count(Counter(answers.values()))
con.execute("CREATE TABLE answer AS SELECT unique_id, person FROM input")
scored = con.execute(f"""WITH p AS (SELECT floor(match_weight * 4) / 4 AS w, a.person = b.person AS same FROM {pairs.physical_name} x
    JOIN answer a ON a.unique_id = x.unique_id_l JOIN answer b ON b.unique_id = x.unique_id_r) SELECT w, count(*), count(*) FILTER (same) FROM p GROUP BY w ORDER BY w DESC""").fetchall()
best_links, found, right = 0, 0, 0
for w, n, same in scored:
    found += n
    right += same
    best_links = max(best_links, 2 * right / (found + true))
best_clusters, at = 0, None
for threshold in ([2, 6, 10, 14, 18] if which == "persons" else [-4, -2, 0, 2, 4, 6, 8, 10, 12, 16, 20]):
    rows = con.execute(f"SELECT cluster_id, unique_id FROM {linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, threshold_match_weight=threshold).physical_name}").fetchall()
    made = pair_count(Counter(row[0] for row in rows))
    both = pair_count(Counter((row[0], answers[row[1]]) for row in rows))
    f1 = 2 * both / (made + true)
    if f1 > best_clusters:
        best_clusters, at = f1, threshold
print(json.dumps({"links_f1": best_links, "clusters_f1": best_clusters, "threshold": at, "cpu_s": used_cpu, "wall_s": used_wall, "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
