using ImageSearch.Imaging;
using ImageSearch.Testing;
using Microsoft.Data.Sqlite;
using Xunit;

namespace ImageSearch.Tests;

public sealed class SqliteLibraryTests
{
    [Fact]
    public void Full_text_search_works_after_libvips_has_brought_another_sqlite_along()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        _ = ImageDecoder.Decode(TinyPicture.Bmp(1), maxSide: 8, ImageLimits.Default);
        _ = ImageLibrary.Formats;

        using var command = connection.CreateCommand();
        command.CommandText = "CREATE VIRTUAL TABLE words USING fts5 (text); INSERT INTO words VALUES ('red door'); SELECT count(*) FROM words WHERE words MATCH 'door'";

        Assert.Equal(1L, command.ExecuteScalar());
    }
}
