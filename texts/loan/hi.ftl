### What the loan bot says, in Hindi. The keys, values and attributes are those of `en.ftl`.

-brand = Flowless

## Questions

language =
    नमस्ते! 🙏 { -brand } पर्सनल लोन में आपका स्वागत है।
    Welcome to { -brand } personal loans.

    आप किस भाषा में बात करना चाहेंगे?
    Which language would you like to chat in?
    .en = English
    .en_also = अंग्रेज़ी, इंग्लिश
    .hi = हिन्दी
    .hi_also = हिंदी

intent = आज हम आपके लिए क्या कर सकते हैं?
    .loan = लोन चाहिए
    .loan_also = लोन, ऋण, लोन लेना है, loan chahiye, mujhe loan chahiye
    .support = मदद चाहिए
    .support_also = सवाल है, ग्राहक सेवा, madad chahiye

full_name = आपका पूरा नाम क्या है, जैसा पैन कार्ड पर लिखा है? जैसे: आशा पाटिल
    .name = नाम
    .name_also = पूरा नाम, मेरा नाम, naam

date_of_birth = आपकी जन्म तिथि क्या है? पहले दिन, फिर महीना और साल लिखिए, जैसे 5 नवंबर 1987 या 05/11/1987।
    .name = जन्म तिथि
    .name_also = जन्मतिथि, जन्मदिन, जन्म की तारीख़, तारीख़, janm tithi, janam tithi

birth_sure = इस हिसाब से आपकी जन्म तिथि { $born } है। क्या यह सही है?
    .yes = हाँ, सही है
    .yes_also = हाँ, सही, haan, sahi hai
    .no = नहीं, बदलनी है
    .no_also = नहीं, ग़लत, nahin, galat

employment = आप क्या काम करते हैं?
    .salaried = नौकरी
    .salaried_also = वेतन, सरकारी नौकरी, naukri
    .self_employed = अपना काम
    .self_employed_also = कारोबार, व्यापार, दुकान, खेती, apna kaam, vyapar, dukan
    .other = कुछ और
    .other_also = विद्यार्थी, गृहिणी, सेवानिवृत्त, बेरोज़गार, kuch aur
    .name = काम
    .name_also = नौकरी, पेशा, रोज़गार, kaam, naukri

monthly_income = आपकी महीने की आमदनी कितनी है? जैसे: 45000, 45 हज़ार या 1.2 लाख
    .name = आमदनी
    .name_also = महीने की आमदनी, आय, कमाई, वेतन, तनख़्वाह, सैलरी, aamdani, kamai

purpose = लोन किस काम के लिए चाहिए? सूची में से चुनिए, या अपने शब्दों में लिख दीजिए।
    .home = घर और मरम्मत
    .home_also = मकान, फ़र्नीचर, ghar
    .medical = इलाज
    .medical_also = अस्पताल, बीमारी, ilaaj
    .education = पढ़ाई
    .education_also = शिक्षा, स्कूल, कॉलेज, padhai
    .wedding = शादी
    .wedding_also = विवाह, shaadi, shadi
    .travel = यात्रा
    .travel_also = घूमना, सफ़र, yatra
    .debt = दूसरा लोन चुकाना
    .debt_also = क़र्ज़ चुकाना, उधार, karz
    .business = कारोबार
    .business_also = व्यापार, दुकान, karobar, vyapar
    .other = कुछ और
    .other_also = अन्य, kuch aur
    .opener = कारण चुनिए
    .name = लोन का कारण
    .name_also = कारण, वजह, मक़सद, karan

consent =
    { consent_wording_1 }

    क्या आप सहमत हैं?
    .agree = हाँ, मैं सहमत हूँ
    .agree_also = सहमत, मैं सहमत हूँ, मंज़ूर है, हाँ, haan, sahmat
    .disagree = नहीं, रहने दीजिए
    .disagree_also = नहीं, असहमत, मंज़ूर नहीं, सहमत नहीं, nahin
    .name = सहमति

# Recorded by its name when agreed to: never edit it. Another wording is consent_wording_2, and this one stays.
consent_wording_1 =
    लोन के ऑफ़र ढूँढने के लिए हमें आपकी क्रेडिट जाँच की सहमति चाहिए।

    • *क्या:* आपका नाम, जन्म तिथि, काम, महीने की आमदनी और लोन का कारण, और इनके सहारे आपकी क्रेडिट रिपोर्ट
    • *कौन:* { -brand }, वे लोन कंपनियाँ जिनसे हम ऑफ़र माँगेंगे, और वे क्रेडिट ब्यूरो जिनसे वे पूछेंगी
    • *क्यों:* सिर्फ़ आपके लिए लोन के ऑफ़र ढूँढने और इस आवेदन पर फ़ैसला करने के लिए
    • *कब तक:* जब तक यह आवेदन चल रहा है; उसके बाद सिर्फ़ वही, जो क़ानून के अनुसार रखना ज़रूरी है
    • *आपके अधिकार:* आप मना कर सकते हैं। आप यह सहमति कभी भी वापस ले सकते हैं, और अपनी जानकारी देखने, सुधारने या मिटाने को कह सकते हैं{ $support ->
        [none] ।
       *[contact] {": "}{ $support }।
    } आप भारत के डेटा संरक्षण बोर्ड (Data Protection Board of India) से शिकायत भी कर सकते हैं।

summary =
    बस हो ही गया! कृपया देख लीजिए कि सब सही है:

    • *नाम:* { $full_name }
    • *जन्म तिथि:* { $date_of_birth }
    • *काम:* { $employment ->
        [salaried] { employment.salaried }
        [self_employed] { employment.self_employed }
        [other] { employment.other }
       *[words] { $employment }
    }
    • *महीने की आमदनी:* { $monthly_income }
    • *लोन का कारण:* { $purpose ->
        [home] { purpose.home }
        [medical] { purpose.medical }
        [education] { purpose.education }
        [wedding] { purpose.wedding }
        [travel] { purpose.travel }
        [debt] { purpose.debt }
        [business] { purpose.business }
        [other] { purpose.other }
       *[words] { $purpose }
    }
    .right = सब सही है
    .right_also = हाँ, सही, सही है, ठीक है, haan, sahi hai
    .change = कुछ बदलना है
    .change_also = नहीं, ग़लत, बदलना है, nahin, galat

change_which = ज़रूर। आप कौन-सा जवाब बदलना चाहेंगे?
    .full_name = नाम
    .full_name_also = पूरा नाम, naam
    .date_of_birth = जन्म तिथि
    .date_of_birth_also = जन्मतिथि, जन्मदिन, तारीख़
    .employment = काम
    .employment_also = नौकरी, पेशा, kaam
    .monthly_income = महीने की आमदनी
    .monthly_income_also = आमदनी, आय, कमाई, वेतन
    .purpose = लोन का कारण
    .purpose_also = कारण, वजह, karan
    .opener = जवाब चुनिए

offer =
    { $total ->
        [one] अच्छी ख़बर: आपके लिए एक ऑफ़र आया है। देख लीजिए, ठीक लगे तो चुनिए।
       *[other] अच्छी ख़बर: आपके लिए { $total } ऑफ़र आए हैं। जो आपको सबसे ठीक लगे, वह चुनिए।
    }
    .one = { $amount } · { $months } महीने
    .one_also = { $lender }
    .one_detail = { $lender } · EMI { $emi }
    .one_line =
        { $lender }: { $amount }, { $months } महीने, ब्याज { $rate }
        EMI { $emi } · APR { $apr } · शुल्क { $fee }
    .opener = ऑफ़र देखें
    .name = ऑफ़र
    .name_also = लोन ऑफ़र, कंपनी

## On the way

born_understood = धन्यवाद। आपकी जन्म तिथि: { $born }
too_young_or_old = बताने के लिए धन्यवाद। हम सिर्फ़ { $youngest } से { $oldest } साल तक के लोगों को लोन दे सकते हैं, इसलिए हमें आवेदन यहीं रोकना होगा। कोई क्रेडिट जाँच नहीं होगी।
income_understood = ठीक है: महीने के { $income }
why_consent = कोई बात नहीं, आपकी हाँ के बिना कुछ भी जाँचा नहीं जाएगा। पर लोन कंपनियाँ क्रेडिट जाँच के बाद ही ऑफ़र देती हैं, इसलिए इसके बिना हम ऑफ़र नहीं ढूँढ सकते। क्या हम एक बार और पूछ लें?
no_consent = कोई बात नहीं, आपके समय के लिए धन्यवाद। हम आवेदन यहीं रोकते हैं, अब कुछ भी जाँचा नहीं जाएगा। मन बदले, तो बस *नमस्ते* लिख दीजिए।
looking_for_offers = धन्यवाद! अब हम लोन कंपनियों से आपके लिए ऑफ़र माँग रहे हैं। जितने ऑफ़र आएँगे, हम आपको सब दिखाएँगे।
referred = लोन कंपनी चाहती है कि पहले कोई व्यक्ति आपका आवेदन देखे। फ़ैसला होते ही हम आपको यहीं बताएँगे। आपको कुछ करने की ज़रूरत नहीं है।
no_offers =
    { $reason ->
        [income_too_low_for_request] माफ़ कीजिए, इस बार आपके लिए कोई ऑफ़र नहीं आया: लोन कंपनियों के हिसाब से महीने की आमदनी अभी लोन के लिए कम है।
        [recent_missed_payments] माफ़ कीजिए, इस बार आपके लिए कोई ऑफ़र नहीं आया: लोन कंपनियों को क्रेडिट रिपोर्ट में कुछ छूटी हुई किस्तें दिखीं। अगर आपको यह ग़लत लगे, तो क्रेडिट ब्यूरो आपको आपकी रिपोर्ट दिखा सकता है।
       *[none] माफ़ कीजिए, इस बार लोन कंपनियों के पास आपके लिए कोई ऑफ़र नहीं है।
    }

    आप बाद में फिर से आवेदन कर सकते हैं: बस *नमस्ते* लिख दीजिए।
offer_chosen =
    धन्यवाद, हमने आपकी पसंद लिख ली है:

    { $lender }: { $amount }, { $months } महीने, ब्याज { $rate }
    EMI { $emi } · APR { $apr } · शुल्क { $fee }
kyc_later =
    अगला कदम है आपकी पहचान की जाँच (KYC)। यह अभी शुरू नहीं हुई है: यह बाद में, इसी चैट में शुरू होगी।

    आपकी पसंद और आपकी जगह सुरक्षित हैं। अभी आपको कुछ करने की ज़रूरत नहीं है।

## Said by every bot, better said here

help_undo =
    • *वापस*: अपना पिछला जवाब बदलना
    • *आमदनी बदलें*: कोई एक जवाब बदलना; ऐसे ही नाम, जन्म तिथि, काम, कारण
where_we_are =
    { $stage ->
        [application] नमस्ते! हम आपके लोन के आवेदन के बीच में हैं।
        [offers] नमस्ते! आपका आवेदन पहुँच गया है, अब ऑफ़र की बारी है।
        [kyc] नमस्ते! आपने अपना लोन ऑफ़र चुन लिया है।
       *[language] नमस्ते! आपसे मिलकर अच्छा लगा।
    }
please_wait =
    { $what ->
        [kyc] अगला कदम, आपकी पहचान की जाँच (KYC), अभी शुरू नहीं हुआ है। यह बाद में, इसी चैट में शुरू होगा। आपकी पसंद और आपकी जगह सुरक्षित हैं, अभी आपको कुछ करने की ज़रूरत नहीं है।
        [decision] लोन कंपनी में एक व्यक्ति अभी आपका आवेदन देख रहा है। फ़ैसला होते ही हम आपको यहीं बताएँगे। आपको कुछ करने की ज़रूरत नहीं है।
        [fetch_offers] हम अभी लोन कंपनियों से आपके लिए ऑफ़र माँग रहे हैं और आपको यहीं बताएँगे। आपको कुछ करने की ज़रूरत नहीं है।
        [record_consent] हम आपकी सहमति दर्ज कर रहे हैं। फिर यहीं से आगे बढ़ेंगे।
        [backend] { system_down }
        [operator] { team_looks }
       *[other] { we_work }
    }
backend_down =
    { $what ->
        [fetch_offers] लोन कंपनियों का सिस्टम अभी जवाब नहीं दे रहा है। { we_keep_trying }
        [record_consent] अभी हम आपकी सहमति दर्ज नहीं कर पाए। { we_keep_trying }
       *[other] { system_down }
    }
ended =
    { $how ->
        [too_young_or_old] आपका आवेदन उम्र की सीमा के कारण यहीं रुक गया था। अगर जन्म तिथि में कोई भूल हुई हो, तो *नमस्ते* लिखिए, हम फिर से शुरू करेंगे।
        [no_consent] आपका आवेदन यहीं रुक गया था, क्योंकि आपकी सहमति के बिना हम कुछ नहीं जाँचते। मन बदले, तो *नमस्ते* लिखिए, हम फिर से शुरू करेंगे।
        [no_offers] आपका आवेदन यहीं रुक गया था, क्योंकि इस बार कोई ऑफ़र नहीं आया। फिर से आवेदन करने के लिए *नमस्ते* लिखिए।
       *[done] आपका आवेदन पूरा हो गया है, धन्यवाद। नया आवेदन शुरू करने के लिए *फिर से शुरू* लिखिए।
    }
