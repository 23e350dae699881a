package io.latchkey.cli.apply;

import io.latchkey.domain.AttributesEdit;
import io.latchkey.domain.HumanMoment;
import io.latchkey.domain.Labels;
import io.latchkey.domain.NotBefore;
import io.latchkey.domain.Origins;
import io.latchkey.domain.Owner;
import io.latchkey.domain.Permissions;
import io.latchkey.domain.Routes;
import io.latchkey.domain.TokenFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads what a YAML file declares of the attributes of a token: {@code permissions}, {@code from} and {@code routes} as lists, {@code
 * not_before}, {@code owner}, and {@code labels} as keys with values. An empty list or value declares that there are none.
 *
 * @param members the keys of the token
 */
record AttributesYaml(Path file, Map<String, Node> members) {
    /** The keys. */
    static final List<String> KEYS = List.of("permissions", "from", "not_before", "owner", "labels", "routes");

    private static final String NONE = "none";

    /** The declaration; a missing key declares nothing. */
    AttributesEdit edit() {
        return new AttributesEdit(
                parsed("permissions", this::texts, Permissions::parse),
                parsed("from", this::texts, Origins::parse),
                parsed("not_before", this::text, AttributesYaml::start),
                parsed("owner", this::text, Owner::new),
                parsed("labels", this::labels, Labels::parse),
                parsed("routes", this::texts, Routes::parse));
    }

    private <S, T> Optional<T> parsed(String key, Function<Node, S> read, Function<S, T> parse) {
        Node node = members.get(key);
        if (node == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse.apply(read.apply(node)));
        } catch (TokenFailure.Invalid e) {
            throw TokensYaml.refused(file, TokensYaml.line(node), key + ": " + e.sentence());
        }
    }

    private String text(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw new TokenFailure.Invalid("yaml", "expected a string");
    }

    private List<String> texts(Node node) {
        if (node instanceof SequenceNode list) {
            return list.getValue().stream().map(this::text).toList();
        }
        throw new TokenFailure.Invalid("yaml", "expected a list of strings");
    }

    private List<String> labels(Node node) {
        if (!(node instanceof MappingNode mapping)) {
            throw new TokenFailure.Invalid("yaml", "expected keys with values");
        }
        List<String> labels = new ArrayList<>();
        for (NodeTuple label : mapping.getValue()) {
            labels.add(text(label.getKeyNode()) + "=" + text(label.getValueNode()));
        }
        return labels;
    }

    private static NotBefore start(String text) {
        if (text.equals(NONE)) {
            return NotBefore.NONE;
        }
        if (HumanMoment.looksLikeOne(text)) {
            return NotBefore.of(HumanMoment.parse(text));
        }
        throw new TokenFailure.Invalid(
                "not_before", "expected none, a date like 2030-01-31, or a timestamp like 2030-01-31T12:00:00Z");
    }
}
