### What the msme bot says, in Hindi. The keys, values and attributes are those of `en.ftl`.

-brand = MSMEBazaar

## Questions

language =
    नमस्ते! 🙏 { -brand } में आपका स्वागत है, भारत के छोटे कारोबारों का बाज़ार। पंजीकरण में लगभग दो मिनट लगेंगे।
    Welcome to { -brand }, the marketplace for India’s small businesses. Registering takes about two minutes.

    आप किस भाषा में बात करना चाहेंगे? Which language would you like to chat in?
    .en = English
    .en_also = अंग्रेज़ी, इंग्लिश
    .hi = हिन्दी
    .hi_also = हिंदी

full_name = आपका नाम क्या है? जैसे: आशा पाटिल
    .name = नाम
    .name_also = पूरा नाम, मेरा नाम, naam

sector = धन्यवाद, { $name }। आपका कारोबार क्या है? सूची में से चुनिए, या एक-दो शब्दों में लिख दीजिए।
    .manufacturing = मैन्युफैक्चरिंग
    .manufacturing_also = विनिर्माण, उत्पादन, कारख़ाना, फ़ैक्टरी, उद्योग, लघु उद्योग, karkhana, udyog, laghu udyog
    .services = सेवाएँ
    .services_also = सेवा, सर्विस, सैलून, ब्यूटी पार्लर, पार्लर, ट्रांसपोर्ट, ट्रैवल एजेंसी, एजेंसी, मरम्मत, धुलाई, seva, sewa, marammat
    .technology = टेक्नोलॉजी
    .technology_also = आईटी, आई टी, आईटी कंपनी, तकनीक, प्रौद्योगिकी, सॉफ़्टवेयर, कंप्यूटर, वेबसाइट, इलेक्ट्रॉनिक्स, takneek
    .healthcare = स्वास्थ्य
    .healthcare_also = हेल्थ, हेल्थकेयर, अस्पताल, क्लिनिक, डॉक्टर, दवा, दवाई, दवाई की दुकान, दवा की दुकान, मेडिकल, मेडिकल स्टोर, फ़ार्मेसी, इलाज, swasthya, dawai, dawai ki dukan, aspatal
    .education = शिक्षा
    .education_also = पढ़ाई, स्कूल, कॉलेज, कोचिंग, ट्यूशन, कोचिंग सेंटर, shiksha, padhai
    .agriculture = कृषि
    .agriculture_also = खेती, खेती-बाड़ी, किसान, डेयरी, पशुपालन, मुर्गी पालन, मछली पालन, krishi, kheti, kheti badi, kisan, pashupalan
    .retail = रिटेल
    .retail_also = खुदरा, दुकान, दुकानदार, किराना, किराना दुकान, किराना स्टोर, किराने की दुकान, राशन, राशन की दुकान, परचून, परचून की दुकान, जनरल स्टोर, थोक, व्यापार, मोबाइल की दुकान, dukan, dukaan, dukandar, kirane ki dukan, kirana dukan, ration ki dukan, parchun, thok, vyapar
    .construction = निर्माण कार्य
    .construction_also = निर्माण, भवन निर्माण, ठेकेदार, बिल्डर, रियल एस्टेट, सीमेंट, nirman, thekedar, thekedari
    .food = खाद्य और पेय
    .food_also = खाना, खान-पान, खाना-पीना, भोजन, रेस्टोरेंट, रेस्तराँ, होटल, ढाबा, मिठाई, मिठाई की दुकान, बेकरी, कैटरिंग, चाय, चाय की दुकान, टिफ़िन, नमकीन, मसाला, khana, khana pina, khan pan, mithai, mithai ki dukan, chai, chai ki dukan
    .textile = कपड़ा
    .textile_also = वस्त्र, कपड़े, कपड़े की दुकान, कपड़ों की दुकान, कपड़ा उद्योग, सिलाई, दर्ज़ी, साड़ी, साड़ी की दुकान, बुनाई, हथकरघा, kapda, kapde, kapda dukan, kapde ki dukan, kapdo ki dukan, silai, darzi, bunai
    .automotive = ऑटोमोबाइल
    .automotive_also = ऑटो, गाड़ी, गाड़ियाँ, वाहन, कार, बाइक, मोटर, टायर, गैराज, मैकेनिक, gaadi, gadi, vahan
    .other = अन्य
    .other_also = कुछ और, इनमें से कोई नहीं, kuch aur, anya, inme se koi nahin
    .opener = क्षेत्र चुनिए
    .name = क्षेत्र
    .name_also = कारोबार, व्यवसाय, धंधा, kshetra, karobar

pincode = आपके कारोबार का पिन कोड क्या है? छह अंक, जैसे 560001।
    .name = पिन कोड
    .name_also = पिनकोड, पिन, जगह, इलाक़ा

pincode_sure = { $pincode } हमें भारत के पिन कोड में नहीं मिला। नए पिन कोड कभी-कभी छूट जाते हैं। क्या यह सही है?
    .yes = हाँ, सही है
    .yes_also = हाँ, सही, haan, sahi hai
    .no = नहीं, बदलना है
    .no_also = नहीं, ग़लत, nahin, galat

phone =
    { $own ->
        [none] कौन-सा मोबाइल नंबर दर्ज करें? हम उस पर एक कोड भेजेंगे। दस अंक, जैसे 98450 12345।
       *[number] कौन-सा मोबाइल नंबर दर्ज करें? हम उस पर एक कोड भेजेंगे। आप { $own } से लिख रहे हैं: यही रखना हो तो नीचे चुनिए, या दूसरा नंबर लिखिए।
    }
    .same = यही नंबर
    .same_also = यही, यही नम्बर, यही वाला, वही नंबर, मेरा नंबर, इसी नंबर पर, यह नंबर, ये नंबर, हाँ, yahi number, yahi, wahi number, yehi number, mera number, same number hai, haan
    .name = मोबाइल नंबर
    .name_also = मोबाइल, फ़ोन, फ़ोन नंबर, नंबर

summary =
    कृपया देख लीजिए कि सब सही है:

    • *नाम:* { $name }
    • *क्षेत्र:* { $sector ->
        [manufacturing] { sector.manufacturing }
        [services] { sector.services }
        [technology] { sector.technology }
        [healthcare] { sector.healthcare }
        [education] { sector.education }
        [agriculture] { sector.agriculture }
        [retail] { sector.retail }
        [construction] { sector.construction }
        [food] { sector.food }
        [textile] { sector.textile }
        [automotive] { sector.automotive }
       *[other] { sector.other }
    }
    • *पिन कोड:* { $pincode }{ $district ->
        [none] { "" }
       *[place] {", "}{ $district }, { $state }
    }
    • *मोबाइल:* { $phone }

    क्या सब सही है?
    .right = हाँ, सब सही है
    .right_also = हाँ, सही, सही है, ठीक है, haan, sahi hai
    .change = नहीं, बदलना है
    .change_also = नहीं, ग़लत, बदलें, कुछ बदलना है, nahin, galat

change_which = ज़रूर। आप कौन-सा जवाब बदलना चाहेंगे?
    .full_name = नाम
    .full_name_also = पूरा नाम, naam
    .sector = क्षेत्र
    .sector_also = कारोबार, व्यवसाय
    .pincode = पिन कोड
    .pincode_also = पिनकोड, पिन, जगह
    .phone = मोबाइल नंबर
    .phone_also = मोबाइल, फ़ोन, नंबर
    .opener = जवाब चुनिए

no_code =
    { $reason ->
        [locked] { $phone } के लिए बहुत सारे ग़लत कोड लिखे गए, इसलिए अभी उस पर नया कोड नहीं भेजा जा सकता। कृपया थोड़ी देर बाद कोशिश कीजिए, या दूसरा नंबर दीजिए।
       *[too_many] हमने अभी-अभी { $phone } पर एक कोड भेजा है, या एक घंटे में कई कोड। नया कोड 30 सेकंड में एक बार भेजा जा सकता है, और एक घंटे में ज़्यादा से ज़्यादा पाँच। कृपया थोड़ा रुकिए।
    }
    .again = फिर कोशिश करें
    .again_also = फिर से, दोबारा, कोड भेजें, phir se, dobara
    .change_number = नंबर बदलें
    .change_number_also = दूसरा नंबर, नंबर ग़लत है, ग़लत नंबर, number badlo, dusra number, galat number

code =
    { $phone } पर जो छह अंकों का कोड भेजा गया है, कृपया वह यहाँ लिखिए। यह कोड और किसी को न बताएँ।
    .resend = नया कोड भेजें
    .resend_also = फिर से भेजें, दोबारा भेजें, नया कोड, कोड नहीं आया, कोड नहीं मिला, code nahi aaya, otp nahi aaya, phir se bhejo, dobara bhejo, naya code
    .change_number = नंबर बदलें
    .change_number_also = दूसरा नंबर, नंबर ग़लत है, ग़लत नंबर, number badlo, dusra number, galat number
    .name = कोड
    .name_also = ओटीपी

## On the way

place_is = { $pincode }: { $district }, { $state }।
number_refused = माफ़ कीजिए, { $phone } पर कोड नहीं भेजा जा सकता। कृपया दूसरा मोबाइल नंबर दीजिए।
new_code = नया कोड भेज दिया गया है। सिर्फ़ सबसे नया कोड ही मान्य है।
no_new_code =
    { $reason ->
        [locked] बहुत सारे ग़लत कोड लिखे गए, इसलिए अभी इस नंबर पर नया कोड नहीं भेजा जा सकता। कृपया थोड़ी देर बाद कोशिश कीजिए, या नंबर बदलिए।
        [bad_number] माफ़ कीजिए, इस नंबर पर कोड नहीं भेजा जा सकता। कृपया नंबर बदलिए।
       *[too_many] पिछला कोड अभी आ ही रहा है। नया कोड 30 सेकंड में एक बार भेजा जा सकता है, और एक घंटे में ज़्यादा से ज़्यादा पाँच। कृपया थोड़ा रुकिए।
    }
code_refused =
    { $reason ->
        [expired] यह कोड पुराना हो चुका है, या इस्तेमाल हो चुका है। कृपया *नया कोड भेजें* चुनिए।
        [locked] बहुत सारे ग़लत कोड लिखे गए, इसलिए पिछला कोड अब मान्य नहीं है। कृपया *नया कोड भेजें* चुनिए, या नंबर बदलिए।
       *[wrong] यह वह कोड नहीं है जो हमने भेजा था। कृपया फिर से देखिए: सिर्फ़ सबसे नया कोड मान्य है, और पाँच ग़लत कोड के बाद वह बंद हो जाता है।
    }
many_codes = इतने कोड लिखे गए, पर कोई सही नहीं निकला। आइए, नंबर को एक बार फिर देख लेते हैं।
completed =
    { $url ->
        [none]
            🎉 हो गया! आपका नंबर सही पाया गया है और { -brand } पर आपका पंजीकरण हो चुका है।

            वेब पर लॉग-इन अभी शुरू नहीं हुआ है। जब चाहें, यहाँ *नमस्ते* लिखकर देख लीजिए।
       *[link]
            🎉 हो गया! आपका नंबर सही पाया गया है और { -brand } पर आपका पंजीकरण हो चुका है।

            यह रहा आपका लॉग-इन लिंक। यह 24 घंटे के भीतर, एक ही बार काम करेगा, और सिर्फ़ आपके लिए है:
            { $url }

            दूसरा लिंक चाहिए, तो यहाँ *नमस्ते* लिख दीजिए।
    }
login_again =
    { $url ->
        [none] { -brand } पर आपका पंजीकरण हो चुका है। वेब पर लॉग-इन अभी शुरू नहीं हुआ है; जब चाहें, यहाँ *नमस्ते* लिखकर देख लीजिए।
       *[link]
            फिर से स्वागत है! { -brand } पर आपका पंजीकरण हो चुका है। यह रहा आपका लॉग-इन लिंक। यह 24 घंटे के भीतर, एक ही बार काम करेगा, और सिर्फ़ आपके लिए है:
            { $url }
    }

## Said by every bot, better said here

help_undo =
    • *वापस*: अपना पिछला जवाब बदलना
    • *क्षेत्र बदलें*: कोई एक जवाब बदलना; ऐसे ही नाम, पिन कोड, मोबाइल नंबर
where_we_are =
    { $stage ->
        [language] नमस्ते! आपसे मिलकर अच्छा लगा।
        [confirmation] नमस्ते! आपके जवाब मिल गए हैं; कृपया एक बार देख लीजिए।
        [code] नमस्ते! बस कोड बाक़ी है।
        [completed] नमस्ते! आपका पंजीकरण हो चुका है।
       *[answers] नमस्ते! हम आपके पंजीकरण के बीच में हैं।
    }
please_wait =
    { $what ->
        [request_code] हम आपका कोड मँगा रहे हैं। वह बस आने ही वाला है।
        [verify_code] हम आपका कोड जाँच रहे हैं। फिर यहीं से आगे बढ़ेंगे।
        [backend] { system_down }
        [operator] { team_looks }
       *[other] { we_work }
    }
backend_down =
    { $what ->
        [request_code] अभी कोड नहीं भेजे जा सकते। { we_keep_trying }
        [verify_code] अभी हम आपका कोड जाँच नहीं पा रहे हैं। { we_keep_trying }
       *[other] { system_down }
    }
ended =
    { $how ->
       *[completed] { -brand } पर आपका पंजीकरण हो चुका है, धन्यवाद। लॉग-इन लिंक के लिए *नमस्ते* लिखिए।
    }
