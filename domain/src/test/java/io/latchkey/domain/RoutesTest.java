package io.latchkey.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.domain.RequestRoute.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RoutesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET,HEAD grafana.example.org/api/**|GET,HEAD grafana.example.org/api/**",
                "HEAD,GET,HEAD Grafana.Example.ORG:443/api/**|GET,HEAD grafana.example.org/api/**",
                "OPTIONS,GET,HEAD a.test/|read a.test/",
                "read a.test:80/x/|read a.test/x/",
                "* a.test:8080/**|* a.test:8080/**",
                "M-SEARCH *.a.test/%7euser/%c3%a4|M-SEARCH *.a.test/~user/%C3%A4",
                "GET 127.0.0.1:3000/*/x/*|GET 127.0.0.1:3000/*/x/*",
                "GET localhost/a%2A/b!$&'()+,=:@|GET localhost/a%2A/b!$&'()+,=:@",
                "GET localhost/a%20b|GET localhost/a%20b"
            })
    void a_route_has_one_form(String given, String form) {
        assertThat(Route.parse(given).text()).isEqualTo(form);
        assertThat(Route.parse(form)).isEqualTo(Route.parse(given));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "GET",
                "GET a.test",
                "/ a.test/",
                "GET/ a.test/",
                "GET  a.test/",
                " a.test/",
                "get a.test/",
                "Read a.test/",
                "GET,* a.test/",
                "GET, a.test/",
                "GET,read a.test/",
                "GET /x",
                "GET https://a.test/",
                "GET a.test./",
                "GET a..test/",
                "GET -a.test/",
                "GET [::1]/",
                "GET a.test:/",
                "GET a.test:080/",
                "GET a.test:65536/",
                "GET a.test:99999999999/",
                "GET *a.test/",
                "GET *.*.test/",
                "GET */",
                "GET *./",
                "GET user@a.test/",
                "GET a.test//",
                "GET a.test/a//b",
                "GET a.test/a//**",
                "GET a.test/**/b",
                "GET a.test/a*",
                "GET a.test/***",
                "GET a.test/x/./y",
                "GET a.test/..",
                "GET a.test/%2e%2E/x",
                "GET a.test/a%2fb",
                "GET a.test/a%5cb",
                "GET a.test/a\\b",
                "GET a.test/a;b",
                "GET a.test/a%3bb",
                "GET a.test/a?b",
                "GET a.test/a%3Fb",
                "GET a.test/a#b",
                "GET a.test/%",
                "GET a.test/%2",
                "GET a.test/%zz",
                "GET a.test/%00",
                "GET a.test/%25",
                "GET a.test/%7F",
                "GET a.test/%ff",
                "GET a.test/%c0%af",
                "GET a.test/\u00e4",
                "GET a.test/a b",
                "GET a.test/{x}",
                "G\u00c4T a.test/"
            })
    void what_is_no_route_is_refused(String text) {
        assertThatThrownBy(() -> Route.parse(text)).isInstanceOf(TokenFailure.Invalid.class);
    }

    @Test
    void limits_are_kept() {
        String longest = "GET a.test/" + "x".repeat(Route.LONGEST - 11);
        assertThat(Route.parse(longest).text()).isEqualTo(longest);
        assertThatThrownBy(() -> Route.parse(longest + "x")).hasMessageContaining("512 characters");
        List<String> most =
                IntStream.range(0, Routes.MOST).mapToObj(i -> "GET a.test/" + i).toList();
        assertThat(Routes.parse(most).texts()).hasSize(Routes.MOST);
        List<String> more = new ArrayList<>(most);
        more.add("GET b.test/");
        assertThatThrownBy(() -> Routes.parse(more)).hasMessageContaining("16 routes");
        String methods = "A,B,C,D,E,F,G,H,I,J,K,L,M,N,O,P";
        assertThat(Route.parse(methods + " a.test/").text()).isEqualTo(methods + " a.test/");
        assertThatThrownBy(() -> Route.parse(methods + ",Q a.test/")).hasMessageContaining("16 methods");
    }

    @Test
    void what_another_route_allows_is_left_out() {
        assertThat(Routes.parse(List.of(
                                "GET a.test/x",
                                "read a.test/**",
                                "GET a.test/x/**",
                                "GET b.a.test/*/y",
                                "* *.a.test/*/*",
                                "GET a.test/*",
                                "POST a.test/x"))
                        .texts())
                .containsExactly("* *.a.test/*/*", "POST a.test/x", "read a.test/**");
        assertThat(Routes.parse(List.of("GET a.test/*", "GET a.test/")).texts())
                .as("a star is no empty segment")
                .hasSize(2);
        assertThat(Routes.parse(List.of("GET a.test/x/**", "GET a.test/x")).texts())
                .hasSize(2);
        assertThat(Routes.parse(List.of("GET a.test/x/**", "read a.test/x/**")).texts())
                .containsExactly("read a.test/x/**");
        assertThat(Routes.parse(List.of("* *.a.test/**", "* *.b.a.test/**")).texts())
                .as("hosts one label below are no hosts two labels below")
                .hasSize(2);
        assertThat(Routes.parse(List.of("* *.a.test/**", "GET a.test/x")).texts())
                .hasSize(2);
        assertThat(Routes.parse(List.of("* b.a.test/**", "GET *.a.test/x")).texts())
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET a.test/api/**|GET|a.test|/api/",
                "GET a.test/api/**|GET|A.TEST:443|/api/x/y?z=../..",
                "GET a.test/api/**|GET|a.test:80|/%61p%69/%7Ex",
                "GET a.test/**|GET|a.test|/",
                "* a.test/|PROPFIND|a.test|/",
                "* a.test/|anything|a.test|/?",
                "read a.test/x|OPTIONS|a.test|/x",
                "GET *.a.test/*/y|GET|b.a.test|/x/y",
                "GET *.a.test:81/*/y|GET|b.a.test:81|/%2a/y",
                "GET a.test/%c3%a4|GET|a.test|/%C3%A4",
                "GET a.test/a%2Ab|GET|a.test|/a*b"
            })
    void an_allowed_request_passes(String route, String method, String host, String target) {
        assertThat(allows(route, method, host, target)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET a.test/api/**|GET|a.test|/api",
                "GET a.test/api/**|GET|a.test|/apis/x",
                "GET a.test/api/**|GET|a.test|/API/x",
                "GET a.test/api/**|get|a.test|/api/x",
                "GET a.test/api/**|POST|a.test|/api/x",
                "GET a.test/api/**|GET|b.test|/api/x",
                "GET a.test/api/**|GET|x.a.test|/api/x",
                "GET a.test/api/**|GET|a.test:8080|/api/x",
                "GET *.a.test/**|GET|a.test|/",
                "GET *.a.test/**|GET|b.c.a.test|/",
                "GET *.a.test/**|GET|ba.test|/",
                "GET a.test/*|GET|a.test|/",
                "GET a.test/*|GET|a.test|/x/",
                "GET a.test/x|GET|a.test|/x/",
                "read a.test/x|PUT|a.test|/x"
            })
    void another_request_does_not(String route, String method, String host, String target) {
        assertThat(RequestRoute.parse(method, Protocol.HTTP, host, target)).isPresent();
        assertThat(allows(route, method, host, target)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "api",
                "http://a.test/api/x",
                "a.test:443",
                "//api/x",
                "/api//x",
                "/api/./x",
                "/api/../x",
                "/api/..",
                "/api/.%2e/x",
                "/api/%2E%2e/x",
                "/api/%2e/x",
                "/public/..%2fapi",
                "/api%2fx",
                "/api%5cx",
                "/api\\x",
                "/api/x%00",
                "/api/%2561",
                "/api/x;jsessionid=1",
                "/api/x%3bv=1",
                "/api/%23/x",
                "/api/x#y",
                "/api/%ff",
                "/api/%c0%ae%c0%ae/x",
                "/api/%ed%a0%80",
                "/api/%",
                "/api/%4",
                "/api/%u0041",
                "/api/\u00e4",
                "/api/\uff0e\uff0e",
                "/api/x y",
                "/api/x\ty",
                "/api/{x}",
                "/api/%0d%0aX"
            })
    void a_doubtful_target_is_no_route(String target) {
        assertThat(RequestRoute.parse("GET", Protocol.HTTP, "a.test", target)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "a.test.",
                "a..test",
                "a.test:",
                "a.test:0",
                "a.test:0443",
                "a.test:65536",
                "[::1]",
                "a.test, b.test",
                "a.test b.test",
                "user@a.test",
                "a.test/x",
                "\u00e4.test",
                "a.test\u0000",
                "*.test",
                "a%2etest"
            })
    void a_doubtful_host_is_no_route(String host) {
        assertThat(RequestRoute.parse("GET", Protocol.HTTP, host, "/")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "GE T", "GET,POST", "GET ", "G\u00c4T", "GET\r"})
    void a_doubtful_method_is_no_route(String method) {
        assertThat(RequestRoute.parse(method, Protocol.HTTP, "a.test", "/")).isEmpty();
    }

    @Test
    void only_a_star_allows_an_upgrade() {
        for (String methods : List.of("read", "GET", "GET,POST")) {
            assertThat(Routes.parse(List.of(methods + " a.test/**")).allow(upgrade()))
                    .as(methods)
                    .isFalse();
        }
        assertThat(Routes.parse(List.of("* a.test/**")).allow(upgrade())).isTrue();
    }

    private static Optional<RequestRoute> upgrade() {
        return RequestRoute.parse("GET", Protocol.UPGRADE, "a.test", "/x");
    }

    @Test
    void an_unknown_request_is_allowed_only_without_routes() {
        assertThat(Routes.ANY.allow(Optional.empty())).isTrue();
        assertThat(Routes.parse(List.of("* a.test/**")).allow(Optional.empty())).isFalse();
    }

    @Test
    void the_text_of_a_request_is_read() {
        assertThat(RequestRoute.parse("GET A.test/x?y"))
                .isEqualTo(RequestRoute.parse("GET", Protocol.HTTP, "a.test", "/x"));
        for (String text : List.of("", "GET", "GET a.test", "/x", "a.test/x", "GET  a.test/x", "GET/ a.test/x")) {
            assertThat(RequestRoute.parse(text)).as(text).isEmpty();
        }
    }

    private static boolean allows(String route, String method, String host, String target) {
        return Routes.parse(List.of(route)).allow(RequestRoute.parse(method, Protocol.HTTP, host, target));
    }

    @Test
    void a_host_may_have_253_characters_and_the_highest_port() {
        String host = ("a".repeat(63) + ".").repeat(3) + "a".repeat(61);
        assertThat(RequestRoute.parse("GET", Protocol.HTTP, host, "/")).isPresent();
        assertThat(RequestRoute.parse("GET", Protocol.HTTP, host + "a", "/")).isEmpty();
        assertThat(RequestRoute.parse("GET", Protocol.HTTP, "a.test:65535", "/"))
                .isPresent();
    }

    @Test
    void every_unreserved_character_is_decoded() {
        String unreserved = "azAZ09-._~";
        StringBuilder encoded = new StringBuilder("/");
        unreserved.chars().forEach(c -> encoded.append('%').append(Integer.toHexString(c)));
        assertThat(RequestRoute.parse("GET", Protocol.HTTP, "a.test", encoded.toString()))
                .isPresent()
                .isEqualTo(RequestRoute.parse("GET", Protocol.HTTP, "a.test", "/" + unreserved));
        assertThat(Route.parse("GET a.test" + encoded).text()).isEqualTo("GET a.test/" + unreserved);
        assertThat(Route.parse("GET a.test/x")).hasToString("GET a.test/x");
    }
}
