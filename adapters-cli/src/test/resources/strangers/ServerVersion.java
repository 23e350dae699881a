import com.influxdb.v3.client.InfluxDBClient;

/** Says what version the server at INFLUX_HOST has, to whoever holds INFLUX_TOKEN. */
final class ServerVersion {
    public static void main(String[] args) throws Exception {
        char[] token = System.getenv("INFLUX_TOKEN").toCharArray();
        try (var client = InfluxDBClient.getInstance(System.getenv("INFLUX_HOST"), token, "_internal")) {
            System.out.println(client.getServerVersion());
        }
    }
}
