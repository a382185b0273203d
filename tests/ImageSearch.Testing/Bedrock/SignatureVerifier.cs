using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace ImageSearch.Testing.Bedrock;

/// <summary>Verifies AWS Signature Version 4 and Bedrock API keys, written from the published algorithm.</summary>
/// <param name="options">Who is known.</param>
/// <param name="service">The service that requests must be signed for: <c>bedrock</c>, or <c>s3</c>, which is signed a little differently.</param>
internal sealed class SignatureVerifier(FakeBedrockOptions options, string service)
{
    private static readonly TimeSpan AllowedSkew = TimeSpan.FromMinutes(5);

    private readonly bool _isS3 = service == "s3";

    /// <summary>Verifies a request; what it is signed with is given back for a body that is signed in chunks, null with an API key.</summary>
    /// <exception cref="BedrockRefusal">The request is not signed, or not by someone we know.</exception>
    public SigningSeed? Verify(HttpRequest request, string rawTarget, ReadOnlySpan<byte> body)
    {
        var authorization = request.Headers.Authorization.ToString();
        if (authorization.Length == 0)
        {
            throw new BedrockRefusal("MissingAuthenticationTokenException", "Missing Authentication Token");
        }

        if (authorization.StartsWith("Bearer ", StringComparison.Ordinal))
        {
            if (!options.ApiKeys.Contains(authorization["Bearer ".Length..]))
            {
                throw new BedrockRefusal("AccessDeniedException", "Authentication failed: Please make sure your API Key is valid.");
            }

            return null;
        }

        return VerifySignature(request, rawTarget, body, Parse(authorization));
    }

    private SigningSeed VerifySignature(HttpRequest request, string rawTarget, ReadOnlySpan<byte> body, Authorization authorization)
    {
        var date = request.Headers["x-amz-date"].ToString();
        var stated = request.Headers["x-amz-content-sha256"].ToString();
        // S3 takes the header's word for how the body is signed; a hash in it must still be the body's.
        var bodyHash = _isS3 && (stated == "UNSIGNED-PAYLOAD" || stated.StartsWith("STREAMING-", StringComparison.Ordinal)) ? stated : Hex(SHA256.HashData(body));
        if (authorization.Scope is not [var keyId, var day, var region, var signedFor, "aws4_request"]
            || signedFor != service || region != options.Region || !date.StartsWith(day, StringComparison.Ordinal))
        {
            throw new BedrockRefusal("InvalidSignatureException", $"Credential should be scoped to a valid region and to service '{service}'.");
        }

        if (!options.AccessKeys.TryGetValue(keyId, out var secret))
        {
            throw new BedrockRefusal("UnrecognizedClientException", "The security token included in the request is invalid.");
        }

        VerifyTime(date);
        if (request.Headers.TryGetValue("x-amz-security-token", out var token) && !options.SessionTokens.Contains(token.ToString()))
        {
            throw new BedrockRefusal("ExpiredTokenException", "The security token included in the request is expired");
        }

        var signed = authorization.SignedHeaders;
        var seed = Sign(secret, authorization.Scope, date, Canonical(request, rawTarget, signed, bodyHash));
        if (!(signed.Contains("host") || signed.Contains(":authority")) || !signed.Contains("x-amz-date")
            || stated.Length > 0 && stated != bodyHash
            || !CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(authorization.Signature), Encoding.ASCII.GetBytes(seed.Signature)))
        {
            throw new BedrockRefusal(
                "InvalidSignatureException",
                "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.");
        }

        return seed;
    }

    private void VerifyTime(string date)
    {
        if (!DateTimeOffset.TryParseExact(date, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            throw new BedrockRefusal("IncompleteSignatureException", "Date must be in ISO-8601 'basic format'.");
        }

        var now = options.Time.GetUtcNow();
        if ((now - time).Duration() > AllowedSkew)
        {
            throw new BedrockRefusal(
                "InvalidSignatureException",
                $"Signature {(time < now ? "expired" : "not yet current")}: {date} is not within 5 minutes of {now:yyyyMMdd'T'HHmmss'Z'}");
        }
    }

    private static Authorization Parse(string header)
    {
        const string algorithm = "AWS4-HMAC-SHA256 ";
        var parts = header.StartsWith(algorithm, StringComparison.Ordinal)
            ? header[algorithm.Length..].Split(',', StringSplitOptions.TrimEntries).Select(part => part.Split('=', 2)).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1])
            : [];
        return parts.TryGetValue("Credential", out var credential) && parts.TryGetValue("SignedHeaders", out var signed) && parts.TryGetValue("Signature", out var signature)
            ? new Authorization(credential.Split('/'), signed.Split(';'), signature)
            : throw new BedrockRefusal("IncompleteSignatureException", "Authorization header requires 'Credential', 'SignedHeaders' and 'Signature'.");
    }

    private string Canonical(HttpRequest request, string rawTarget, string[] signedHeaders, string bodyHash)
    {
        var target = rawTarget.Split('?', 2);
        // The path as it is on the wire, encoded once more: only S3 is signed without the second encoding.
        var path = _isS3 ? target[0] : string.Join('/', target[0].Split('/').Select(Uri.EscapeDataString));
        var query = target.Length == 1
            ? ""
            : string.Join('&', target[1].Split('&').Select(pair => pair.Contains('=', StringComparison.Ordinal) ? pair : pair + "=").Order(StringComparer.Ordinal));
        var headers = signedHeaders.Select(name => $"{name}:{HeaderValue(request, name)}\n");
        return $"{request.Method}\n{path}\n{query}\n{string.Concat(headers)}\n{string.Join(';', signedHeaders)}\n{bodyHash}";
    }

    private static string HeaderValue(HttpRequest request, string name) => name is "host" or ":authority"
        ? request.Host.Value ?? ""
        : string.Join(',', request.Headers[name].Select(value => value?.Trim()));

    private static SigningSeed Sign(string secret, string[] credential, string date, string canonical)
    {
        var key = Encoding.UTF8.GetBytes("AWS4" + secret);
        foreach (var part in credential[1..])
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        }

        var scope = string.Join('/', credential[1..]);
        var text = $"AWS4-HMAC-SHA256\n{date}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        return new SigningSeed(key, scope, date, Hex(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text))));
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    private sealed record Authorization(string[] Scope, string[] SignedHeaders, string Signature);
}

/// <summary>What a request was signed with, from which the signatures of its chunks follow.</summary>
internal sealed record SigningSeed(byte[] Key, string Scope, string Date, string Signature);
