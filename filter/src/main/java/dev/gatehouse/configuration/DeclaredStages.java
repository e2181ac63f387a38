package dev.gatehouse.configuration;

import java.util.TreeSet;

/** The stages of a file, for what names them. */
final class DeclaredStages {

    private final Found file;
    private final Problems problems;

    DeclaredStages(Found file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    /**
     * @param elsewhere whether APIs may also be in the control plane
     */
    void check(Found apiPlace, Found stagePlace, boolean elsewhere) {
        String apiId = (String) apiPlace.value();
        String stage = (String) stagePlace.value();
        TreeSet<String> apis = new TreeSet<>();
        TreeSet<String> stages = new TreeSet<>();
        for (Found api : file.items("apis")) {
            apis.add(String.valueOf(api.text("restApiId")));
            if (apiId.equals(api.text("restApiId"))) {
                api.items("stages").forEach(one -> stages.add(String.valueOf(one.text("stageName"))));
            }
        }
        if (!apis.contains(apiId)) {
            if (!elsewhere) {
                problems.add(
                        apiPlace.place(),
                        "this file has no API " + ShapeReader.quote(apiId) + Spelling.suggestion(apiId, apis));
            }
        } else if (!stages.contains(stage)) {
            problems.add(
                    stagePlace.place(),
                    "API " + apiId + " has no stage " + ShapeReader.quote(stage) + Spelling.suggestion(stage, stages));
        }
    }
}
