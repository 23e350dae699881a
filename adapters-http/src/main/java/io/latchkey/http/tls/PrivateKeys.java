package io.latchkey.http.tls;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;

/** Reads private keys in the three formats of OpenSSL: PKCS#8, and the older formats of RSA and elliptic curves. */
final class PrivateKeys {
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");
    private static final byte[] PROOF = {'l', 'a', 't', 'c', 'h', 'k', 'e', 'y'};
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};

    private PrivateKeys() {}

    /**
     * The key in a PEM block.
     *
     * @param counterpart the public key; gives the algorithm and curve, which the older formats may omit
     * @throws GeneralSecurityException if the key is invalid or its type is not supported
     */
    static PrivateKey read(Pem part, PublicKey counterpart) throws GeneralSecurityException {
        byte[] bytes = part.bytes();
        byte[] pkcs8 = part.label().equals("PRIVATE KEY") ? bytes : pkcs8(bytes, counterpart);
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (InvalidKeySpecException e) {
                // not of this algorithm
            }
        }
        throw new InvalidKeySpecException("unsupported type of key");
    }

    /** Whether the two keys are a pair: the public key verifies a signature of the private key. */
    static boolean belongTogether(PrivateKey key, PublicKey counterpart) {
        try {
            Signature signature = Signature.getInstance(
                    switch (key.getAlgorithm()) {
                        case "RSA" -> "SHA256withRSA";
                        case "EC" -> "SHA256withECDSA";
                        default -> key.getAlgorithm();
                    });
            signature.initSign(key);
            signature.update(PROOF);
            byte[] signed = signature.sign();
            signature.initVerify(counterpart);
            signature.update(PROOF);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static byte[] pkcs8(byte[] key, PublicKey counterpart) {
        return value(SEQUENCE, VERSION_0, algorithm(counterpart.getEncoded()), value(OCTETS, key));
    }

    /** The AlgorithmIdentifier of a SubjectPublicKeyInfo (RFC 5280, section 4.1): algorithm and curve, in DER. */
    private static byte[] algorithm(byte[] publicKey) {
        ByteBuffer info = ByteBuffer.wrap(publicKey);
        info.get();
        length(info);
        int begin = info.position();
        info.get();
        int length = length(info);
        byte[] algorithm = new byte[info.position() - begin + length];
        info.get(begin, algorithm);
        return algorithm;
    }

    private static int length(ByteBuffer der) {
        int first = der.get() & 0xff;
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int i = 0; i < (first & 0x7f); i++) {
            length = (length << Byte.SIZE) | (der.get() & 0xff);
        }
        return length;
    }

    private static byte[] value(int tag, byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteBuffer value = ByteBuffer.allocate(length + 5).put((byte) tag);
        if (length < 0x80) {
            value.put((byte) length);
        } else {
            value.put((byte) 0x83).put((byte) (length >> 16)).putShort((short) length);
        }
        for (byte[] part : parts) {
            value.put(part);
        }
        byte[] encoded = new byte[value.flip().remaining()];
        value.get(encoded);
        return encoded;
    }
}
