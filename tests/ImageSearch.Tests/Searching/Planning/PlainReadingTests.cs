using ImageSearch.Searching;
using ImageSearch.Searching.Planning;
using Xunit;

namespace ImageSearch.Tests.Searching.Planning;

/// <summary>What is read out of plain words, on Sunday, 22 November 2026.</summary>
public sealed class PlainReadingTests
{
    private static readonly DateOnly Today = new(2026, 11, 22);

    [Theory]
    [InlineData("cat in 2019", "cat taken:2019")]
    [InlineData("In 2019 at the beach", "at the beach taken:2019")]
    [InlineData("red car in 2019, parked", "red car parked taken:2019")]
    [InlineData("cats from 2018 on a sofa", "cats on a sofa taken:2018")]
    [InlineData("beach during 2017", "beach taken:2017")]
    [InlineData("rome in 2019 and 2021", "rome taken:2019,2021")]
    [InlineData("rome in 2018, 2019 or 2021", "rome taken:2018,2019,2021")]
    [InlineData("beach in May 2021", "beach taken:2021-05")]
    [InlineData("in may 2021 rome", "rome taken:2021-05")]
    [InlineData("garden from Sept of 2020", "garden taken:2020-09")]
    [InlineData("garden in 2020-09", "garden taken:2020-09")]
    [InlineData("party on 2024-05-03", "party taken:2024-05-03")]
    [InlineData("party on 3 May 2024", "party taken:2024-05-03")]
    [InlineData("party on May 3rd, 2024", "party taken:2024-05-03")]
    [InlineData("party on the 3rd of May 2024", "party taken:2024-05-03")]
    [InlineData("street in the 90s", "street taken:1990-01-01..1999-12-31")]
    [InlineData("street in the 1930s", "street taken:1930-01-01..1939-12-31")]
    [InlineData("street in the nineties", "street taken:1990-01-01..1999-12-31")]
    [InlineData("street from 1980s", "street taken:1980-01-01..1989-12-31")]
    [InlineData("street in the 00s", "street taken:2000-01-01..2009-12-31")]
    [InlineData("beach in summer 2019", "beach taken:2019-06-01..2019-08-31")]
    [InlineData("beach in the summer of 2019", "beach taken:2019-06-01..2019-08-31")]
    [InlineData("snow from winter 2020", "snow taken:2020-12-01..2021-02-28")]
    [InlineData("family at christmas 2020", "family taken:2020-12-24..2020-12-26")]
    [InlineData("fireworks on new year's eve 2019", "fireworks taken:2019-12-31")]
    [InlineData("family from last christmas", "family taken:2025-12-24..2025-12-26")]
    [InlineData("beach between 2018 and 2020", "beach taken:2018-01-01..2020-12-31")]
    [InlineData("beach from 2018 to 2020", "beach taken:2018-01-01..2020-12-31")]
    [InlineData("beach between May and July 2021", "beach taken:2021-05-01..2021-07-31")]
    [InlineData("beach between May 2020 and July 2021", "beach taken:2020-05-01..2021-07-31")]
    [InlineData("beach from 2024 until today", "beach taken:2024-01-01..2026-11-22")]
    [InlineData("car before 2015", "car before:2015-01-01")]
    [InlineData("car after 2015", "car after:2016-01-01")]
    [InlineData("car since 2015", "car after:2015-01-01")]
    [InlineData("car until 2015", "car before:2016-01-01")]
    [InlineData("garden since March", "garden after:2026-03-01")]
    [InlineData("garden since December", "garden after:2025-12-01")]
    [InlineData("garden since May 2021 with roses", "garden with roses after:2021-05-01")]
    [InlineData("beach yesterday", "beach taken:2026-11-21")]
    [InlineData("yesterday at the beach", "at the beach taken:2026-11-21")]
    [InlineData("dog the day before yesterday", "dog taken:2026-11-20")]
    [InlineData("dog from today", "dog taken:2026-11-22")]
    [InlineData("dog last week", "dog taken:2026-11-09..2026-11-15")]
    [InlineData("dog this week", "dog taken:2026-11-16..2026-11-22")]
    [InlineData("dog last weekend", "dog taken:2026-11-14..2026-11-15")]
    [InlineData("dog last month", "dog taken:2026-10")]
    [InlineData("dog last year", "dog taken:2025")]
    [InlineData("dog from this year", "dog taken:2026")]
    [InlineData("beach from last summer", "beach taken:2026-06-01..2026-08-31")]
    [InlineData("skiing last winter in the alps", "skiing in the alps taken:2025-12-01..2026-02-28")]
    [InlineData("dog in the last 3 days", "dog taken:2026-11-19..2026-11-22")]
    [InlineData("dog from the past two weeks", "dog taken:2026-11-08..2026-11-22")]
    [InlineData("dog 3 days ago", "dog taken:2026-11-19")]
    [InlineData("dog two weeks ago", "dog taken:2026-11-02..2026-11-08")]
    [InlineData("dog a month ago", "dog taken:2026-10")]
    [InlineData("dog five years ago", "dog taken:2021")]
    [InlineData("beach taken in 2019", "beach taken:2019")]
    [InlineData("beach shot last summer", "beach taken:2026-06-01..2026-08-31")]
    [InlineData("beach not in 2019", "beach -taken:2019")]
    [InlineData("beach, but not from last year", "beach -taken:2025")]
    [InlineData("beach except in 2019", "beach -taken:2019")]
    [InlineData("photos from last summer", "taken:2026-06-01..2026-08-31")]
    [InlineData("all my pictures from 2019", "taken:2019")]
    [InlineData("yesterday", "taken:2026-11-21")]
    [InlineData("cat without glasses", "cat -glasses")]
    [InlineData("cat without any glasses on a sofa", "cat on a sofa -glasses")]
    [InlineData("man without wearing a hat", "man -hat")]
    [InlineData("beach with no people", "beach -people")]
    [InlineData("beach but no people", "beach -people")]
    [InlineData("beach, no people", "beach -people")]
    [InlineData("cats, not dogs", "cats -dogs")]
    [InlineData("cats but not dogs", "cats -dogs")]
    [InlineData("animals except cats", "animals -cats")]
    [InlineData("animals except for cats", "animals -cats")]
    [InlineData("animals excluding cats and dogs", "animals -cats -dogs")]
    [InlineData("beach without people or dogs", "beach -people -dogs")]
    [InlineData("portrait without red glasses", "portrait -0.5:\"red glasses\"")]
    [InlineData("cat without glasses sleeping on a sofa", "cat sleeping on a sofa -glasses")]
    [InlineData("cat without glasses in 2019", "cat -glasses taken:2019")]
    [InlineData("cat in 2019 without glasses", "cat -glasses taken:2019")]
    [InlineData("beach without people, without dogs", "beach -people -dogs")]
    [InlineData("like:a.jpg cat without glasses type:jpg \"in 2018\" in 2019", "cat like:a.jpg type:jpeg \"in 2018\" -glasses taken:2019")]
    [InlineData("photos without people", "photos -people")]
    public void Dates_and_exclusions_become_parts_of_the_query_and_reading_again_changes_nothing(string typed, string expected)
    {
        var planned = Read(typed);

        Assert.Equal(Sorted(expected), Sorted(planned));
        Assert.Equal(planned, Read(planned));
    }

    [Theory]
    [InlineData("1984")]
    [InlineData("May")]
    [InlineData("may 2021")]
    [InlineData("women's march 2020")]
    [InlineData("in May")]
    [InlineData("since march madness")]
    [InlineData("people in march")]
    [InlineData("2019 beach")]
    [InlineData("summer")]
    [InlineData("summer beach")]
    [InlineData("last supper")]
    [InlineData("the last summer")]
    [InlineData("usa today")]
    [InlineData("usa today newspaper")]
    [InlineData("90s fashion")]
    [InlineData("woman in her 30s")]
    [InlineData("in the 90s style")]
    [InlineData("view from 2000 metres")]
    [InlineData("in 2000 pieces")]
    [InlineData("meeting at 1900")]
    [InlineData("car built in 1965")]
    [InlineData("house from 2035")]
    [InlineData("beach in 2035")]
    [InlineData("on 2019-02-30")]
    [InlineData("between 2020 and 2018")]
    [InlineData("between two trees")]
    [InlineData("from dusk to dawn")]
    [InlineData("before sunset")]
    [InlineData("after dark")]
    [InlineData("this is spring")]
    [InlineData("last week tonight")]
    [InlineData("christmas tree")]
    [InlineData("christmas 2020")]
    [InlineData("Rebel Without a Cause")]
    [InlineData("rebel without a cause")]
    [InlineData("doctors without borders")]
    [InlineData("man with no name")]
    [InlineData("no entry sign")]
    [InlineData("no smoking")]
    [InlineData("without glasses")]
    [InlineData("to be or not to be")]
    [InlineData("do not enter")]
    [InlineData("cat not dog")]
    [InlineData("woman without looking at the camera")]
    [InlineData("cat without it")]
    [InlineData("a room without very many large things")]
    [InlineData("\"cat without glasses\"")]
    [InlineData("1:\"cat without glasses in 2019\"")]
    [InlineData("2:\"in 2019\" beach")]
    [InlineData("path:\"in 2019\" folder:without beach")]
    [InlineData("like:\"cat without glasses.jpg\"")]
    [InlineData("-glasses taken:2019")]
    [InlineData("")]
    public void What_may_as_well_be_words_stays_words(string typed)
    {
        Assert.Equal(QueryParser.Parse(typed).ToString(), Read(typed));
    }

    [Fact]
    public void Seasons_and_weekends_that_are_not_over_are_not_the_last_ones()
    {
        Assert.Equal("beach taken:2025-06-01..2025-08-31", Read("beach from last summer", new DateOnly(2026, 7, 1)));
        Assert.Equal("beach taken:2026-06-01..2026-08-31", Read("beach this summer", new DateOnly(2026, 7, 1)));
        Assert.Equal("beach this summer", Read("beach this summer", new DateOnly(2026, 3, 1)));
        Assert.Equal("beach taken:2026-11-21..2026-11-22", Read("beach last weekend", new DateOnly(2026, 11, 23)));
    }

    [Fact]
    public void A_pasted_page_is_searched_for_as_it_stands()
    {
        var page = string.Join(' ', Enumerable.Range(0, 500).Select(number => $"cat without glass{number} in 2019,"));

        Assert.Equal(QueryParser.Parse(page).ToString(), Read(page));
    }

    [Fact]
    public void Whatever_is_typed_is_read_once_for_all()
    {
        string[] pieces = ["cat", "without", "in", "2019", "from", "to", "and", "last", "week", "no", "not", "but", ",", "the", "May", "3", "ago", "days", "glasses,", "since", "-x", "\"y\"", "type:jpg", "1:\"in 2018\"", "between"];
        var random = new Random(11);
        var read = 0;
        for (var round = 0; round < 5000; round++)
        {
            var typed = string.Join(' ', Enumerable.Range(0, random.Next(1, 10)).Select(_ => pieces[random.Next(pieces.Length)]));

            var planned = Read(typed);

            Assert.Equal(planned, Read(planned));
            Assert.Equal(planned, QueryParser.Parse(planned).ToString());
            read += planned == QueryParser.Parse(typed).ToString() ? 0 : 1;
        }

        Assert.InRange(read, 200, 4999);
    }

    private static string Read(string typed) => Read(typed, Today);

    private static string Read(string typed, DateOnly today) => PlainReading.Of(QueryParser.Parse(typed), today, []).ToString();

    /// <summary>The order of filters says nothing.</summary>
    private static string Sorted(string query) => string.Join(' ', query.Split(' ').Order(StringComparer.Ordinal));
}
