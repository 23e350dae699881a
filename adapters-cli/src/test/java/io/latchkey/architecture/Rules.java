package io.latchkey.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the build keeps true of the code, by name.
 *
 * <p>The root package is a parameter, so that each rule can be shown code that breaks it.
 */
final class Rules {
    /** The modules, which are the layers, which are the packages. */
    static final List<String> MODULES = List.of("domain", "application", "persistence", "http", "cli");

    /** Addresses as values: the domain parses literals, and never looks up a name. */
    private static final Set<String> ADDRESSES = Set.of("java.net.InetAddress", "java.net.Inet4Address");

    private static final List<String> ADAPTERS = List.of("persistence", "http", "cli");
    /** The packages of each module, lowest first: none may use one behind it, and the module's own package is the last. */
    static final Map<String, List<String>> PACKAGES = Map.of(
            "application",
            List.of("remote", "ledger", "node", "table", "transfer", "notification", "recipe"),
            "persistence",
            List.of("jdbc", "sqlite", "sandbox", "postgresql"),
            "http",
            List.of(
                    "json",
                    "wire",
                    "tls",
                    "server",
                    "security",
                    "api",
                    "influxdb",
                    "oauth",
                    "forwardauth",
                    "recovery",
                    "console",
                    "monitoring",
                    "client",
                    "webhook"),
            "cli",
            List.of(
                    "terminal",
                    "command",
                    "authority",
                    "token",
                    "ledger",
                    "backup",
                    "apply",
                    "scan",
                    "serve",
                    "config",
                    "help",
                    "doctor"));

    /** Packages that nothing depends on: they show no type. */
    private static final List<String> LEAVES =
            List.of("api", "influxdb", "oauth", "forwardauth", "recovery", "console", "monitoring", "webhook");

    /** Found by name: by {@link java.util.ServiceLoader}, by the launcher, or by a service that embeds Latchkey. */
    private static final Set<String> FOUND_BY_NAME = Set.of(
            "cli.Main",
            "persistence.sqlite.SqliteTokenStore",
            "persistence.sqlite.SqliteFiles",
            "persistence.Stores",
            "persistence.jdbc.JsonTokenLines",
            "persistence.sandbox.SandboxedQueries",
            "http.server.HttpDefaults",
            "http.client.HttpRemoteAuthorities",
            "http.webhook.HttpWebhookSenders");

    private static final Pattern VAGUE = Pattern.compile(".*(Impl|Manager|Helper|Util|Utils|Service|Data|Info)");

    private static final Set<String> CLOCKS = Set.of(
            "java.lang.System.currentTimeMillis",
            "java.time.Instant.now",
            "java.time.LocalDate.now",
            "java.time.LocalDateTime.now",
            "java.time.OffsetDateTime.now",
            "java.time.ZonedDateTime.now",
            "java.time.InstantSource.system",
            "java.time.Clock.systemUTC",
            "java.time.Clock.systemDefaultZone",
            "java.util.Date.<init>",
            "java.lang.Math.random",
            "java.util.Random.<init>",
            "java.security.SecureRandom.<init>",
            "java.security.SecureRandom.getInstanceStrong",
            "java.util.concurrent.ThreadLocalRandom.current",
            "java.util.UUID.randomUUID");

    private final String root;

    Rules(String root) {
        this.root = root;
    }

    /** The rules of the production code. */
    Map<String, ArchRule> production() {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        rules.put("the domain knows only the JDK's values", domainKnowsOnlyValues());
        rules.put("the application knows only domain and JDK", applicationKnowsOnlyDomain());
        for (String adapter : ADAPTERS) {
            rules.put(adapter + " knows no other adapter", knowsNoOther(adapter));
        }
        rules.put(
                "SQL stays in persistence",
                staysIn("persistence", "java.sql..", "javax.sql..", "org.sqlite..", "io.micronaut.data.."));
        rules.put("HTTP stays in http", staysIn("http", "io.micronaut.http..", "java.net.http..", "io.netty.."));
        rules.put(
                "picocli stays in cli",
                staysIn("cli", "picocli..", "io.micronaut.configuration.picocli..", "ch.qos.logback.."));
        rules.put("in cli only the composition root knows the container", containerStaysInAssembly());
        PACKAGES.forEach((module, packages) -> rules.put(
                "packages of " + module + " are used in their order", packagesAreUsedInOrder(module, packages)));
        rules.put("packages that nothing uses show no type", leavesShowNothing());
        rules.put("public means used from another package", publicMeansUsed());
        rules.put("every port has an adapter", everyPortHasAnAdapter());
        rules.put("a secret is revealed only where it leaves", secretsLeaveWhereTheyMay());
        rules.put("nobody asks the wall clock or rolls dice", nobodyRollsDice());
        rules.put("nobody prints but through the command's writer", nobodyPrints());
        rules.put("numbers and letters know no locale", nobodyAsksForTheLocale());
        rules.put("what is not private is final", fieldsAreFinal());
        rules.put("types are closed", typesAreClosed());
        rules.put("names say what a thing is", namesAreNotVague());
        rules.put(
                "there are no cycles",
                slices().matching(root + ".(**)").should().beFreeOfCycles());
        return rules;
    }

    /** The rules of the tests. */
    static Map<String, ArchRule> tests() {
        return Map.of(
                "tests do not mock",
                noClasses()
                        .should()
                        .dependOnClassesThat(
                                resideInAnyPackage("org.mockito..", "org.easymock..", "java.lang.reflect.proxy..")
                                        .or(describe("a proxy", c -> c.getName().equals("java.lang.reflect.Proxy")))),
                "tests do not sleep",
                noClasses()
                        .should()
                        .callMethodWhere(target(
                                "sleeping", Set.of("java.lang.Thread.sleep", "java.util.concurrent.TimeUnit.sleep"))));
    }

    private ArchRule domainKnowsOnlyValues() {
        return classes()
                .that(in("domain"))
                .should()
                .onlyDependOnClassesThat(in("domain")
                        .or(resideInAnyPackage(
                                "java.lang",
                                "java.lang.annotation",
                                "java.lang.invoke", // string concatenation and lambdas
                                "java.lang.runtime", // records and patterns
                                "java.io", // every enumeration and exception is Serializable
                                "java.math",
                                "java.nio", // ByteBuffer
                                "java.nio.charset",
                                "java.security",
                                "java.text",
                                "java.time..",
                                "java.util",
                                "java.util.function",
                                "java.util.regex",
                                "java.util.stream",
                                "java.util.zip")) // CRC-32
                        .or(describe("addresses", type -> ADDRESSES.contains(type.getName())))
                        .or(describe("arrays", JavaClass::isArray)));
    }

    private ArchRule applicationKnowsOnlyDomain() {
        return classes()
                .that(in("application"))
                .should()
                .onlyDependOnClassesThat(in("application")
                        .or(in("domain"))
                        .or(resideInAPackage("java.."))
                        .or(describe("arrays", JavaClass::isArray)));
    }

    private ArchRule knowsNoOther(String adapter) {
        String[] others = ADAPTERS.stream()
                .filter(other -> !other.equals(adapter))
                .map(other -> root + "." + other + "..")
                .toArray(String[]::new);
        return noClasses().that(in(adapter)).should().dependOnClassesThat(resideInAnyPackage(others));
    }

    private ArchRule staysIn(String module, String... packages) {
        return noClasses().that(not(in(module))).should().dependOnClassesThat(resideInAnyPackage(packages));
    }

    private ArchRule containerStaysInAssembly() {
        return noClasses()
                .that(in("cli").and(written()).and(not(isOneOf(Set.of("cli.Assembly", "cli.Main", "cli.serve.Serve")))))
                .should()
                .dependOnClassesThat(resideInAPackage("io.micronaut.."));
    }

    private ArchRule packagesAreUsedInOrder(String module, List<String> packages) {
        return classes().that(in(module)).should(new ArchCondition<>("use only the packages before their own") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                int own = place(type);
                type.getDirectDependenciesFromSelf().stream()
                        .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                        .filter(in(module))
                        .filter(target -> place(target) > own)
                        .forEach(target -> events.add(SimpleConditionEvent.violated(
                                type, type.getName() + " uses " + target.getName() + ", which is further up")));
            }

            private int place(JavaClass type) {
                String name = type.getPackageName().substring((root + "." + module).length());
                int place = packages.indexOf(name.replaceFirst("^\\.", ""));
                return place < 0 ? packages.size() : place;
            }
        });
    }

    private ArchRule leavesShowNothing() {
        return classes()
                .that(resideInAnyPackage(LEAVES.stream()
                                .map(leaf -> root + ".http." + leaf)
                                .toArray(String[]::new))
                        .and(written())
                        .and(describe("on their own", JavaClass::isTopLevelClass))
                        .and(not(isOneOf(FOUND_BY_NAME))))
                .should()
                .notBePublic();
    }

    private ArchRule publicMeansUsed() {
        return classes()
                .that(resideInAnyPackage(ADAPTERS.stream()
                                .map(adapter -> root + "." + adapter + "..")
                                .toArray(String[]::new))
                        .and(written())
                        // What is nested in a hidden type is hidden, whatever it says.
                        .and(describe("on their own", JavaClass::isTopLevelClass))
                        .and(describe(
                                "public",
                                c -> c.getModifiers().contains(JavaModifier.PUBLIC)
                                        && !c.getSimpleName().equals("package-info")))
                        .and(not(constants()))
                        .and(not(isOneOf(FOUND_BY_NAME))))
                .should(new ArchCondition<>("be used from another package") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        boolean used = type.getPackage().getClasses().stream()
                                .filter(c -> isWithin(c, type))
                                .flatMap(c -> c.getDirectDependenciesToSelf().stream())
                                .map(Dependency::getOriginClass)
                                // Or shown by a type that is: in what it takes or returns.
                                .anyMatch(user -> !user.getPackageName().equals(type.getPackageName())
                                        || (user.getModifiers().contains(JavaModifier.PUBLIC)
                                                && !isWithin(user, type)));
                        events.add(new SimpleConditionEvent(
                                type, used, type.getName() + (used ? " is" : " is not") + " used elsewhere"));
                    }
                });
    }

    private static boolean isWithin(JavaClass inner, JavaClass outer) {
        return inner.equals(outer) || inner.getName().startsWith(outer.getName() + "$");
    }

    /** Classes of constants, which the compiler copies to where they are used. */
    private static DescribedPredicate<JavaClass> constants() {
        return describe(
                "constants",
                c -> c.getMethods().isEmpty()
                        && !c.getFields().isEmpty()
                        && c.getFields().stream()
                                .allMatch(field -> field.getModifiers()
                                        .containsAll(Set.of(JavaModifier.STATIC, JavaModifier.FINAL))));
    }

    private ArchRule everyPortHasAnAdapter() {
        return classes()
                .that(in("application")
                        .and(describe(
                                "ports",
                                c -> c.isInterface()
                                        && c.isTopLevelClass()
                                        && c.getModifiers().contains(JavaModifier.PUBLIC)
                                        && !isSumOfNestedTypes(c))))
                .should(new ArchCondition<>("have an adapter") {
                    @Override
                    public void check(JavaClass port, ConditionEvents events) {
                        boolean adapted = port.getAllSubclasses().stream()
                                .anyMatch(c ->
                                        !c.isInterface() && !c.getPackageName().equals(port.getPackageName()));
                        events.add(new SimpleConditionEvent(
                                port, adapted, port.getName() + (adapted ? " has" : " has no") + " adapter"));
                    }
                });
    }

    /** Whether an interface has all its implementations in itself: a kind of value, and no port. */
    private static boolean isSumOfNestedTypes(JavaClass type) {
        return !type.getAllSubclasses().isEmpty()
                && type.getAllSubclasses().stream().allMatch(subclass -> isWithin(subclass, type));
    }

    private ArchRule secretsLeaveWhereTheyMay() {
        return noClasses()
                // The banner, the body or page that answers the one who created it, the credential of our own client,
                // and the
                // file for a server that will be told of it.
                .that(not(isOneOf(Set.of(
                        "cli.token.IssuedTokenFormat",
                        "cli.token.RotatedTokenFormat",
                        "cli.token.TokenFile",
                        "cli.token.PermissionTokensWriter",
                        "http.wire.TokenJson",
                        "http.console.SecretPage",
                        "http.console.SealedSecrets", // encrypts it for a form
                        "http.client.ApiClient"))))
                .should()
                .callMethodWhere(describe(
                        "revealing",
                        (JavaCall<?> call) -> call.getName().equals("reveal")
                                && call.getTargetOwner().getSimpleName().equals("TokenSecret")));
    }

    private ArchRule nobodyRollsDice() {
        return noClasses()
                .that(not(isOneOf(Set.of("cli.Assembly"))))
                .should()
                .callCodeUnitWhere(target("asking the clock or rolling dice", CLOCKS));
    }

    private ArchRule nobodyPrints() {
        return noClasses()
                .should()
                .accessFieldWhere(describe(
                        "printing",
                        access -> access.getTargetOwner().getName().equals("java.lang.System")
                                && Set.of("out", "err").contains(access.getName())))
                .orShould()
                .callMethodWhere(describe(
                        "printing a trace",
                        (JavaCall<?> call) -> call.getName().equals("printStackTrace")
                                && call.getTarget().getParameterTypes().isEmpty()));
    }

    private ArchRule nobodyAsksForTheLocale() {
        Set<String> asking =
                Set.of("format", "formatted", "printf", "toLowerCase", "toUpperCase", "ofPattern", "getInstance");
        return noClasses()
                .should()
                .callMethodWhere(describe(
                        "asking for the locale",
                        (JavaCall<?> call) -> Set.of(
                                                "java.lang.String",
                                                "java.io.PrintWriter",
                                                "java.io.PrintStream",
                                                "java.text.NumberFormat",
                                                "java.time.format.DateTimeFormatter")
                                        .contains(call.getTargetOwner().getName())
                                && asking.contains(call.getName())
                                && call.getTarget().getRawParameterTypes().stream()
                                        .noneMatch(type -> type.getName().equals("java.util.Locale"))
                                && !(call.getTargetOwner().getName().endsWith("DateTimeFormatter")
                                        && call.getName().equals("format"))));
    }

    private ArchRule fieldsAreFinal() {
        return fields().that()
                .areDeclaredInClassesThat(in("domain").or(in("application")))
                .and()
                .areNotPrivate()
                .should()
                .beFinal();
    }

    private ArchRule typesAreClosed() {
        return classes()
                .that(in("domain").or(in("application").and(describe("classes", c -> !c.isInterface()))))
                .should(new ArchCondition<>("be closed") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        boolean closed = type.getModifiers().contains(JavaModifier.FINAL)
                                || type.isEnum()
                                || type.isAnnotation()
                                || type.getSimpleName().equals("package-info")
                                || type.isAnonymousClass()
                                || type.reflect().isSealed()
                                // Read by a rule, written by an adapter: the domain's only outward interface.
                                || type.getSimpleName().equals("Tokens");
                        events.add(new SimpleConditionEvent(
                                type, closed, type.getName() + (closed ? " is" : " is not") + " closed"));
                    }
                });
    }

    private ArchRule namesAreNotVague() {
        return classes().that(written()).should(new ArchCondition<>("be named for what they are") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean clear = !VAGUE.matcher(type.getSimpleName()).matches();
                events.add(new SimpleConditionEvent(
                        type, clear, type.getName() + (clear ? " is" : " is not") + " a name"));
            }
        });
    }

    private DescribedPredicate<JavaClass> in(String module) {
        return resideInAPackage(root + "." + module + "..");
    }

    /** Classes that somebody wrote, not Micronaut's processor or JTE. */
    private static DescribedPredicate<JavaClass> written() {
        return describe(
                "written by us",
                c -> !c.getName()
                        .substring(c.getPackageName().length() + 1)
                        .matches("\\$.*|Jte[a-z]+Generated(\\$.*)?"));
    }

    /** Classes by their names below the root package, with all that is nested in them or generated for them. */
    private DescribedPredicate<JavaClass> isOneOf(Set<String> names) {
        return describe("one of " + names, c -> {
            String inside = c.getName().substring(c.getPackageName().length() + 1);
            // Micronaut's processor writes $Outer$Inner$Definition.
            String outermost = (inside.startsWith("$") ? inside.substring(1) : inside).split("\\$", 2)[0];
            String full = c.getPackageName() + "." + outermost;
            return full.startsWith(root + ".") && names.contains(full.substring(root.length() + 1));
        });
    }

    private static DescribedPredicate<JavaCall<?>> target(String description, Set<String> members) {
        return describe(
                        description,
                        (JavaAccess<?> call) ->
                                members.contains(call.getTargetOwner().getName() + "." + call.getName()))
                .forSubtype();
    }
}
