package io.latchkey.cli.apply;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.FileProblem;
import io.latchkey.application.NearestName;
import io.latchkey.application.table.TerminalText;
import io.latchkey.cli.authority.Location;
import io.latchkey.cli.terminal.TextFile;
import io.latchkey.domain.AttributesEdit;
import io.latchkey.domain.Description;
import io.latchkey.domain.Expiry;
import io.latchkey.domain.HumanMoment;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenName;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads a YAML file that declares tokens.
 *
 * <p>The file is read as a tree, not into objects, so that errors have a line number and unknown keys are refused.
 */
final class TokensYaml {
    /**
     * Maximum size of the file in bytes, enough for 100,000 tokens. The tree takes about twenty times as much memory.
     */
    private static final int MOST_BYTES = 16 << 20;

    private static final Set<String> KEYS = Stream.concat(
                    Stream.of("name", "description", "expiry", "hash", "secret_file"), AttributesYaml.KEYS.stream())
            .collect(Collectors.toUnmodifiableSet());

    /**
     * A declared token.
     *
     * @param line where it begins, from 1
     * @param digest digest of its secret
     * @param secretFile file of its secret, which may not exist yet
     */
    record Item(
            int line,
            TokenName name,
            Optional<Description> description,
            Optional<Expiry> expiry,
            Optional<TokenDigest> digest,
            Optional<Path> secretFile,
            AttributesEdit attributes) {}

    private final Path file;

    private TokensYaml(Path file) {
        this.file = file;
    }

    /** The tokens in a file, in their order. */
    static List<Item> read(Path file) {
        TokensYaml reader = new TokensYaml(file);
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new AuthorityUnavailable(
                        file + " is larger than " + (MOST_BYTES >> 20) + " MiB: split it into several files");
            }
            return reader.items(new Yaml(options()).compose(new StringReader(TextFile.read(file))));
        } catch (NoSuchFileException e) {
            throw new AuthorityUnavailable("there is no file " + file);
        } catch (IOException e) {
            throw new AuthorityUnavailable(file + " cannot be read: " + FileProblem.reading(file, e), e);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw refused(file, line, "not YAML: " + e.getProblem());
        } catch (YAMLException e) {
            throw new AuthorityUnavailable(file + " is not YAML", e);
        }
    }

    private static LoaderOptions options() {
        LoaderOptions options = new LoaderOptions();
        // The default limit is 3 MiB, and its error message does not mention it.
        options.setCodePointLimit(MOST_BYTES);
        return options;
    }

    /** An error with its file and line. */
    static AuthorityUnavailable refused(Path file, int line, String sentence) {
        return new AuthorityUnavailable(file + " line " + line + ": " + TerminalText.of(sentence));
    }

    private List<Item> items(Node root) {
        if (root == null) {
            throw refused(file, 1, "expected the key tokens");
        }
        Map<String, Node> top = members(root, Set.of("tokens"));
        if (!(top.get("tokens") instanceof SequenceNode tokens)) {
            throw refused(file, line(root), "expected a list under the key tokens");
        }
        List<Item> items = new ArrayList<>();
        for (Node token : tokens.getValue()) {
            items.add(item(token));
        }
        return items;
    }

    private Item item(Node node) {
        Map<String, Node> members = members(node, KEYS);
        Item item = new Item(
                line(node),
                value(members, "name", TokenName::new)
                        .orElseThrow(() -> refused(file, line(node), "the token has no name")),
                value(members, "description", Description::new),
                value(members, "expiry", TokensYaml::expiry),
                value(members, "hash", TokenDigest::parse),
                value(members, "secret_file", Location::path).map(path -> folder().resolve(path)),
                new AttributesYaml(file, members).edit());
        if (item.digest().isPresent() && item.secretFile().isPresent()) {
            throw refused(file, line(node), "hash and secret_file cannot be used together");
        }
        return item;
    }

    private Path folder() {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }

    private Map<String, Node> members(Node node, Set<String> allowed) {
        if (!(node instanceof MappingNode mapping)) {
            throw refused(file, line(node), "expected keys with values: " + String.join(", ", sorted(allowed)));
        }
        Map<String, Node> members = new HashMap<>();
        for (NodeTuple member : mapping.getValue()) {
            String key = member.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
            if (!allowed.contains(key)) {
                throw refused(
                        file,
                        line(member.getKeyNode()),
                        "unknown key " + key
                                + NearestName.of(key, allowed)
                                        .map(near -> ", did you mean " + near + "?")
                                        .orElseGet(() -> ", expected one of " + String.join(", ", sorted(allowed))));
            }
            if (members.put(key, member.getValueNode()) != null) {
                throw refused(file, line(member.getKeyNode()), "the key " + key + " is repeated");
            }
        }
        return members;
    }

    private static List<String> sorted(Set<String> words) {
        return words.stream().sorted().toList();
    }

    private <T> Optional<T> value(Map<String, Node> members, String key, Function<String, T> parser) {
        Node node = members.get(key);
        if (node == null) {
            return Optional.empty();
        }
        if (!(node instanceof ScalarNode scalar)) {
            throw refused(file, line(node), key + ": expected a string");
        }
        try {
            return Optional.of(parser.apply(scalar.getValue()));
        } catch (TokenFailure.Invalid e) {
            throw refused(file, line(node), key + ": " + e.sentence());
        }
    }

    /** An absolute expiry; a duration would mean another time at each run. */
    private static Expiry expiry(String text) {
        if (text.equals("never")) {
            return Expiry.NEVER;
        }
        if (HumanMoment.looksLikeOne(text)) {
            return Expiry.at(HumanMoment.parse(text));
        }
        throw new TokenFailure.Invalid(
                "expiry", "expected never, a date like 2030-01-31, or a timestamp like 2030-01-31T12:00:00Z");
    }

    static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }
}
